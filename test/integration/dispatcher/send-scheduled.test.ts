import { noLimits } from '@partyline/contracts/send-limits'
import type { Db } from '@partyline/db/client'
import { scheduleMessage, setDueNow } from '@partyline/db/queries/scheduled'
import { sendNextDue } from '@partyline/db/queries/send-next-due'
import { createUser } from '@partyline/db/queries/users'
import { messages } from '@partyline/db/schema/messages'
import { scheduledMessages } from '@partyline/db/schema/scheduled'
import { unreachableAddresses } from '@partyline/db/schema/unreachable'
import { sendScheduled } from '@partyline/dispatcher/jobs/send-scheduled'
import { asc, eq, sql } from 'drizzle-orm'
import { expect } from 'vitest'
import { givenDirect, givenLine } from '../../support/given.ts'
import { textIn } from '../../support/text-in.ts'
import { type Stack, test } from '../../support/stack.ts'

const ours = '+15558675310'
const [ana, ben] = ['+14155550101', '+14155550102']

async function givenPlans(db: Db) {
  const made = await createUser(db, {
    ...{ email: 'uma@example.com', name: 'Uma', role: 'agent', passwordHash: 'none' },
  })
  const user = made ?? { id: '', name: '' }
  const { id: lineId } = await givenLine(db, { address: ours })
  const to = async (address: string) => (await givenDirect(db, { lineId, address })).conversationId
  return {
    toAna: await to(ana),
    toBen: await to(ben),
    planUnlessReplied: (conversationId: string, body: string, msAgo: number) =>
      scheduleMessage(
        db,
        { conversationId, user, body, mediaIds: [], clientKey: body },
        new Date(Date.now() - msAgo),
        { cancelOnReply: true },
      ),
    plan: (conversationId: string, body: string, msAgo: number, evenIfUnreachable?: boolean) =>
      scheduleMessage(
        db,
        { conversationId, user, body, mediaIds: [], clientKey: body, evenIfUnreachable },
        new Date(Date.now() - msAgo),
      ),
  }
}

const said = async (db: Db) =>
  (await db.select().from(messages).orderBy(asc(messages.id))).map(({ body }) => body)

const depsOf = ({ db, log, tracing }: Stack) =>
  ({
    ...{ db, log, tracing, config: { limits: noLimits }, stopping: new AbortController().signal },
    rings: { deliveries: async () => true },
    feedBell: { ring: () => undefined },
  }) as unknown as Parameters<typeof sendScheduled>[0]

test('while a scheduled text is being sent, nobody sends the one after it to the same people', async ({
  stack: { db },
}) => {
  const { toAna, toBen, plan } = await givenPlans(db)
  const first = await plan(toAna, 'first', 3_000)
  await plan(toAna, 'second', 2_000)
  await plan(toBen, 'other', 1_000)

  await db.transaction(async (tx) => {
    await tx
      .select()
      .from(scheduledMessages)
      .where(eq(scheduledMessages.id, first.id))
      .for('update')
    while ((await sendNextDue(db, noLimits)) !== 'done');
    expect(await said(db)).toEqual(['other'])
  })
  while ((await sendNextDue(db, noLimits)) !== 'done');

  expect(await said(db)).toEqual(['other', 'first', 'second'])
})

test('a scheduled text that Postgres refuses holds up no other, and stays', async ({ stack }) => {
  const { db } = stack
  const { toAna, toBen, plan } = await givenPlans(db)
  await db.execute(sql`alter table messages add constraint no_poison check (body <> 'poison')`)
  await plan(toAna, 'poison', 3_000)
  await plan(toBen, 'fine', 1_000)

  await sendScheduled(depsOf(stack))

  expect(await said(db)).toEqual(['fine'])
  expect(await db.select().from(scheduledMessages)).toMatchObject([
    { body: 'poison', problem: null },
  ])
})

test('one that a reply takes back, and whose note Postgres refuses, holds up no other', async ({
  stack,
}) => {
  const { db } = stack
  const { toAna, toBen, plan } = await givenPlans(db)
  await db.execute(
    sql`alter table messages add constraint no_poison check (body not like '%poison%')`,
  )
  await plan(toAna, 'poison', 3_000)
  await plan(toBen, 'fine', 1_000)
  await db.execute(sql`update scheduled_messages set unless_more_than = -1 where body = 'poison'`)

  await sendScheduled(depsOf(stack))

  expect(await said(db)).toEqual(['fine'])
  expect(await db.select().from(scheduledMessages)).toMatchObject([{ body: 'poison' }])
})

test('a text that is to be tried although nothing arrives there is tried at its time too', async ({
  stack: { db },
}) => {
  const { toAna, toBen, plan } = await givenPlans(db)
  await db.insert(unreachableAddresses).values([ana, ben].map(toDead))

  await plan(toAna, 'try', -60_000, true)
  await plan(toBen, 'do not', -60_000)

  expect(await db.select().from(unreachableAddresses)).toMatchObject([{ address: ben }])
})

test('a text that a reply takes back is gone once one is taken in, with a word about it; others stay', async ({
  stack: { db },
}) => {
  const { toAna, toBen, plan, planUnlessReplied } = await givenPlans(db)
  await textIn(db, { From: ana, To: ours, Body: 'before' })
  await planUnlessReplied(toAna, 'Still interested?', 3_000)
  await planUnlessReplied(toBen, 'And you?', 2_000)
  await plan(toAna, 'Your appointment', 1_000)

  await textIn(db, { From: ana, To: ours, Body: 'Yes please' })
  while ((await sendNextDue(db, noLimits)) !== 'done');

  expect(await said(db)).toEqual([
    'before',
    'Yes please',
    'did not send “Still interested?”: they replied first',
    'And you?',
    'Your appointment',
  ])
})

test('a reply that comes while the text is being claimed waits for nothing, and still takes it back', async ({
  stack: { db },
}) => {
  const { toAna, planUnlessReplied } = await givenPlans(db)
  const { id } = await planUnlessReplied(toAna, 'Still there?', 1_000)

  await db.transaction(async (tx) => {
    await tx.select().from(scheduledMessages).where(eq(scheduledMessages.id, id)).for('update')
    await textIn(db, { From: ana, To: ours, Body: 'Here' })
  })
  expect(await said(db)).toEqual(['Here'])
  while ((await sendNextDue(db, noLimits)) !== 'done');

  expect(await said(db)).toEqual(['Here', 'did not send “Still there?”: they replied first'])
  expect(await db.$count(scheduledMessages)).toBe(0)
})

test('all words of a text that a reply took back are in the thread: nowhere else are they kept', async ({
  stack: { db },
}) => {
  const { toAna, planUnlessReplied } = await givenPlans(db)
  const words = 'Are you still interested in it? '.repeat(40).trim()
  await planUnlessReplied(toAna, words, -60_000)

  await textIn(db, { From: ana, To: ours, Body: 'Yes' })

  expect(await said(db)).toEqual(['Yes', `did not send “${words}”: they replied first`])
})

test('a text that somebody sends after all goes out, also when they replied before that', async ({
  stack: { db },
}) => {
  const { toAna, planUnlessReplied } = await givenPlans(db)
  const { id, senderId: viewerId } = await planUnlessReplied(toAna, 'Welcome back', -60_000)
  await db.update(scheduledMessages).set({ problem: 'They have opted out.' })
  await textIn(db, { From: ana, To: ours, Body: 'Hello again' })

  await setDueNow(db, { id, viewerId })
  while ((await sendNextDue(db, noLimits)) !== 'done');

  expect(await said(db)).toEqual(['Hello again', 'Welcome back'])
})

const toDead = (address: string) => ({ address, errorCode: 30006 })
