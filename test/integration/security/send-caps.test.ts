import { conversationEndpoints } from '@partyline/contracts/api/conversations'
import { messageEndpoints } from '@partyline/contracts/api/messages'
import { noLimits } from '@partyline/contracts/send-limits'
import { sendNextDue } from '@partyline/db/queries/send-next-due'
import { messages } from '@partyline/db/schema/messages'
import { sendCounts } from '@partyline/db/schema/sending'
import { sql } from 'drizzle-orm'
import { expect } from 'vitest'
import { ana, group } from '../../support/conference.ts'
import { givenDirect, givenGroup, givenLine } from '../../support/given.ts'
import { test } from '../api/running-api.ts'
import { givenThree, members, send, withLimits } from './capped-api.ts'

test('S42: of ten texts that a user sends at once, as many go as their daily cap allows', async ({
  stack,
  admin,
  ben,
}) => {
  const { conversationId } = await givenThree(stack)
  await using api = await withLimits(stack, { perUser: 7 })
  const sender = admin.at(api.http)

  const answers = await Promise.all(Array.from({ length: 10 }, () => send(sender, conversationId)))

  const refused = answers.filter(({ status }) => status !== 202)
  expect(refused).toHaveLength(8)
  for (const { status, code, message } of refused) {
    expect([status, code]).toEqual([429, 'send_cap_reached'])
    expect(message).toBe(
      'You have sent 6 of the 7 segments that one user may send in a day, and this would be more. Send it after midnight UTC, or ask an administrator to raise the limit, which is listed in Settings under Connection.',
    )
  }
  const [{ count } = { count: 0 }] = await stack.db.execute<{ count: number }>(
    sql`select count(*)::int as count from deliveries`,
  )
  expect(count).toBe(6)
  expect((await send(ben.at(api.http), conversationId)).status).toBe(202)
})

test('S42: what counts is segments, because they are what is paid for', async ({
  stack,
  admin,
}) => {
  const { conversationId } = await givenThree(stack)
  await using api = await withLimits(stack, { perUser: 7 })
  const sender = admin.at(api.http)

  expect((await send(sender, conversationId, 'x'.repeat(400))).status).toBe(429)
  expect((await send(sender, conversationId, 'x'.repeat(200))).status).toBe(202)
  expect((await send(sender, conversationId, 'x')).status).toBe(429)
})

test('S42: two users at once do not pass the cap of the account together', async ({
  stack,
  admin,
  ben,
}) => {
  const { conversationId } = await givenThree(stack)
  const other = await givenGroup(stack.db, { address: '+15558675311', members })
  await using api = await withLimits(stack, { perAccount: 5 })

  const answers = await Promise.all([
    send(admin.at(api.http), conversationId),
    send(ben.at(api.http), other.conversationId),
  ])

  expect(answers.map(({ status }) => status).toSorted()).toEqual([202, 429])
  expect(answers.find(({ status }) => status === 429)?.message).toBe(
    'This would be more than the 5 segments that may be sent in a day altogether. Send it after midnight UTC, or ask an administrator to raise the limit, which is listed in Settings under Connection.',
  )
})

test('S42: a new day begins with nothing sent', async ({ stack, admin }) => {
  const { conversationId } = await givenThree(stack)
  await using api = await withLimits(stack, { perUser: 3, perAccount: 3 })
  const sender = admin.at(api.http)
  expect((await send(sender, conversationId)).status).toBe(202)
  expect((await send(sender, conversationId)).status).toBe(429)

  await stack.db.update(sendCounts).set({ day: sql`day - 1` })

  expect((await send(sender, conversationId)).status).toBe(202)
})

test('S42: a scheduled text that would pass a cap when its time comes is kept with the reason', async ({
  stack: { db },
  admin,
}) => {
  const { conversationId: id } = await givenGroup(db, { address: group, members })
  const sendAt = new Date(Date.now() + 60_000).toISOString()
  const later = { body: 'Later', clientKey: 'later', sendAt }
  const kept = await admin.call(messageEndpoints.send, { id }, later)
  await db.execute(sql`update scheduled_messages set send_at = now()`)

  expect(await sendNextDue(db, { ...noLimits, perUser: 2 })).toEqual({ id: kept.id })

  const { items } = await admin.call(messageEndpoints.scheduled, { id })
  expect(items.map(({ problem }) => problem)).toEqual([
    expect.stringContaining('segments that one user may send in a day') as string,
  ])
  expect(await db.$count(messages)).toBe(0)
})

test('S42: with no limits set nothing is counted', async ({ stack, admin }) => {
  const { conversationId } = await givenThree(stack)
  const inbox = await givenLine(stack.db, { address: '+15558675312' })
  const direct = await givenDirect(stack.db, { lineId: inbox.id, address: ana })

  expect((await send(admin, conversationId)).status).toBe(202)
  expect((await send(admin, direct.conversationId)).status).toBe(202)
  expect(await stack.db.$count(sendCounts)).toBe(0)
  expect((await admin.call(conversationEndpoints.list)).items).toHaveLength(2)
})
