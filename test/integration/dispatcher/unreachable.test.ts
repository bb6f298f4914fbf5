import { noLimits } from '@partyline/contracts/send-limits'
import { claimDeliveries } from '@partyline/db/queries/claim-deliveries'
import { learnUnreachable, setReachable } from '@partyline/db/queries/unreachable'
import { retryDelivery } from '@partyline/db/queries/retry-delivery'
import { viewDeliveries } from '@partyline/db/views/delivery'
import { sendMessage } from '@partyline/db/queries/send-message'
import { createUser } from '@partyline/db/queries/users'
import { conversations } from '@partyline/db/schema/conversations'
import { deliveries } from '@partyline/db/schema/deliveries'
import { events } from '@partyline/db/schema/feed'
import { messages } from '@partyline/db/schema/messages'
import { unreachableAddresses } from '@partyline/db/schema/unreachable'
import { users } from '@partyline/db/schema/users'
import { eq, sql } from 'drizzle-orm'
import { expect } from 'vitest'
import { ana, ben, givenConference, group } from '../../support/conference.ts'
import { givenDirect, givenLine } from '../../support/given.ts'
import { say } from '../../support/say.ts'
import { test } from '../../support/stack.ts'
import { textIn } from '../../support/text-in.ts'
import { freshSid } from '../../support/webhook.ts'
import { callback, deliveryOf, givenClaimed } from './claimed-text.ts'

const wanted = { limit: 100, segments: 1_000, leaseMs: 45_000 }

test('what can never arrive fails in the claim with the reason, others get it, and a person’s retry is sent', async ({
  stack: { db, sendingDb },
}) => {
  const { line, conversationId } = await givenConference(db)
  await db.insert(unreachableAddresses).values({ address: ben, errorCode: 30006 })
  const { message } = await say(db, conversationId, 'one')

  const { claims, taken } = await claimDeliveries(sendingDb, { lineId: line.id, ...wanted })

  expect({ to: claims.map(({ to }) => to), taken }).toEqual({ to: [ana], taken: 2 })
  const [failed] = await db.select().from(deliveries).where(eq(deliveries.address, ben))
  const views = await viewDeliveries(db, [failed?.id ?? ''])
  expect(views.get(failed?.id ?? '')).toMatchObject({
    status: 'failed',
    error: { code: null, reason: expect.stringContaining('no text can arrive') as string },
    canRetry: true,
  })
  const [counted] = await db.select().from(messages).where(eq(messages.id, message.id))
  expect(counted).toMatchObject({ totalCount: 2, queuedCount: 1, failedCount: 1 })

  const [user] = await db
    .insert(users)
    .values({ email: 'a@example.com', name: 'A', role: 'admin', passwordHash: '-' })
    .returning()
  await retryDelivery(db, { id: failed?.id ?? '', viewerId: user?.id ?? '' })
  const again = await claimDeliveries(sendingDb, { lineId: line.id, ...wanted })
  expect(again.claims.map(({ to }) => to)).toEqual([ben])
})

test('an address is learned from what the carrier says for good, all at once, and everybody who shows it is told', async ({
  stack: { db },
}) => {
  const { conversationId } = await givenConference(db)
  await say(db, conversationId, 'one')
  const rows = await db.select().from(deliveries)
  const failures = rows.map(({ id, address }) => ({
    id,
    errorCode: address === ana ? 30005 : 30003,
  }))

  await learnUnreachable(db, [...failures, ...failures])

  const learned = await db.select().from(unreachableAddresses)
  expect(learned).toMatchObject([{ address: ana, errorCode: 30005 }])
  const told = () => db.$count(events, eq(events.type, 'member.changed'))
  expect(await told()).toBe(1)

  await setReachable(db, [ana, ben])
  expect(await db.$count(unreachableAddresses)).toBe(0)
  expect(await told()).toBe(2)
})

test('a text from there, or one that arrives there, makes an address reachable again', async ({
  stack: { db },
}) => {
  const claim = await givenClaimed(db)
  const { address } = await deliveryOf(db, claim)
  const dead = () => db.$count(unreachableAddresses)
  await db.insert(unreachableAddresses).values({ address, errorCode: 30006 })

  expect((await callback(db, claim, freshSid(), 'sent')).reachable).toEqual([])
  const sid = (await deliveryOf(db, claim)).twilioSid ?? ''
  expect((await callback(db, claim, sid, 'delivered')).reachable).toEqual([address])

  expect(await dead()).toBe(1)
  await textIn(db, { From: address, To: group, Body: 'I am here' })
  expect(await dead()).toBe(0)
  const changed = sql`${events.type} = 'conversation.changed'`
  expect(await db.$count(events, changed)).toBeGreaterThan(1)
})

test('a text from there and one that is sent there all the same, at once, do not wait for each other', async ({
  stack: { db },
}) => {
  const [from, to] = [ana, '+15558675311']
  const line = await givenLine(db, { address: to })
  const { conversationId } = await givenDirect(db, { lineId: line.id, address: from })
  const user = await createUser(db, {
    ...{ email: 'uma@example.com', name: 'Uma', role: 'agent', passwordHash: 'none' },
  })
  if (!user) throw new Error('no user')
  await db.insert(unreachableAddresses).values({ address: from, errorCode: 30006 })
  const text = { conversationId, user, body: 'Anyway', mediaIds: [], clientKey: 'anyway' }

  const { taking } = await db.transaction(async (tx) => {
    await tx
      .select()
      .from(conversations)
      .where(eq(conversations.id, conversationId))
      .for('no key update')
    const taking = textIn(db, { From: from, To: to, Body: 'I am here' })
    taking.catch(() => undefined)
    const blocked = sql`select 1 from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`
    await expect.poll(() => db.execute(blocked)).toHaveLength(1)
    await sendMessage(tx, { ...text, evenIfUnreachable: true }, noLimits)
    return { taking }
  })
  await taking

  const said = await db.select().from(messages)
  expect(said.map(({ body }) => body).toSorted()).toEqual(['Anyway', 'I am here'])
  expect(await db.$count(unreachableAddresses)).toBe(0)
})
