import { conversationEndpoints } from '@partyline/contracts/api/conversations'
import { groupEndpoints } from '@partyline/contracts/api/groups'
import { messageEndpoints } from '@partyline/contracts/api/messages'
import { noLimits, type SendLimits } from '@partyline/contracts/send-limits'
import { takeInbound } from '@partyline/dispatcher/inbound/take-inbound'
import { insertInbox } from '@partyline/db/queries/inbox'
import { sendNextDue } from '@partyline/db/queries/scheduled'
import { messages } from '@partyline/db/schema/messages'
import { sendCounts } from '@partyline/db/schema/sending'
import { sql } from 'drizzle-orm'
import { expect } from 'vitest'
import { givenDirect, givenGroup, givenLine } from '../../support/given.ts'
import type { Stack } from '../../support/stack.ts'
import { textParams } from '../../support/webhook.ts'
import type { Client } from '../api/client.ts'
import { runApi, test } from '../api/running-api.ts'

const members = { '+14155550101': 'Ana', '+14155550102': 'Ben', '+14155550103': 'Eva' }
const [ana = ''] = Object.keys(members)
const line = '+15558675310'
const group = ({ db }: Stack) => givenGroup(db, { address: line, members })

let keys = 0
const send = (client: Client, id: string, body = 'Hi') =>
  client.try(messageEndpoints.send, { id }, { body, clientKey: `key ${(keys += 1)}` })

/** The api with some limits; whoever is signed in is there too. */
async function withLimits(stack: Stack, limits: Partial<SendLimits>) {
  const running = runApi(stack, { limits: { ...noLimits, ...limits } })
  await running.api.start()
  return running
}

async function textIn({ db }: Stack, limits: Partial<SendLimits>, params = {}) {
  const text = textParams({ From: ana, To: line, ...params })
  const webhook = { params: text, receivedAt: new Date().toISOString() }
  const [sid = ''] = await insertInbox(db, [webhook], 'webhook')
  const taken = await takeInbound(db, sid, { ...noLimits, ...limits })
  return taken?.posted[0]?.message.id ?? ''
}

test('S42: of ten texts that a user sends at once, as many go as their daily cap allows', async ({
  stack,
  admin,
  ben,
}) => {
  const { conversationId } = await group(stack)
  await using api = await withLimits(stack, { perUser: 7 })
  const sender = admin.at(api.http)

  const answers = await Promise.all(Array.from({ length: 10 }, () => send(sender, conversationId)))

  const refused = answers.filter(({ status }) => status !== 202)
  expect(refused).toHaveLength(8)
  for (const { status, code, message } of refused) {
    expect([status, code]).toEqual([429, 'send_cap_reached'])
    expect(message).toBe(
      'You have sent 6 of the 7 segments that one user may send in a day, and this would be more. Send it after midnight UTC, or ask whoever runs Partyline to raise the cap (SEND_CAP_PER_USER_PER_DAY).',
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
  const { conversationId } = await group(stack)
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
  const { conversationId } = await group(stack)
  const other = await givenGroup(stack.db, { address: '+15558675311', members })
  await using api = await withLimits(stack, { perAccount: 5 })

  const answers = await Promise.all([
    send(admin.at(api.http), conversationId),
    send(ben.at(api.http), other.conversationId),
  ])

  expect(answers.map(({ status }) => status).toSorted()).toEqual([202, 429])
  expect(answers.find(({ status }) => status === 429)?.message).toContain('SEND_CAP_PER_DAY')
})

test('S42: a new day begins with nothing sent', async ({ stack, admin }) => {
  const { conversationId } = await group(stack)
  await using api = await withLimits(stack, { perUser: 3, perAccount: 3 })
  const sender = admin.at(api.http)
  expect((await send(sender, conversationId)).status).toBe(202)
  expect((await send(sender, conversationId)).status).toBe(429)

  await stack.db.update(sendCounts).set({ day: sql`day - 1` })

  expect((await send(sender, conversationId)).status).toBe(202)
})

test('S42: a text that comes in is passed on whatever users have sent', async ({
  stack,
  admin,
}) => {
  const { conversationId } = await group(stack)
  const limits = { perUser: 3 }
  await using api = await withLimits(stack, limits)
  await send(admin.at(api.http), conversationId)

  const id = await textIn(stack, limits)

  const { items } = await admin.call(messageEndpoints.deliveries, { id })
  expect(items.map(({ status }) => status)).toEqual(['queued', 'queued'])
})

test('S42: over the cap of the account a text that comes in is kept, and waits in review with the reason', async ({
  stack,
  admin,
}) => {
  const { conversationId } = await group(stack)
  const limits = { perAccount: 4 }
  await using api = await withLimits(stack, limits)
  const sender = admin.at(api.http)
  await send(sender, conversationId)

  const id = await textIn(stack, limits, { Body: 'Is anybody there?' })

  const [message] = (await admin.call(messageEndpoints.list, { id: conversationId })).items
  expect(message).toMatchObject({ id, body: 'Is anybody there?', deliveries: { unknown: 2 } })
  const { items } = await admin.call(messageEndpoints.deliveries, { id })
  const [delivery] = items
  expect(delivery).toMatchObject({
    ...{ status: 'review', canRetry: true },
    error: {
      reason: 'Everything that may be sent in a day had been sent, so this text was held back.',
      advice: 'Send it again after midnight UTC, or raise SEND_CAP_PER_DAY first.',
    },
  })
  // What was held back was not sent, so it is not counted: one segment is left.
  expect((await sender.try(messageEndpoints.retry, { id: delivery?.id ?? '' })).status).toBe(200)
  const next = await sender.try(messageEndpoints.retry, { id: items[1]?.id ?? '' })
  expect([next.status, next.code]).toEqual([429, 'send_cap_reached'])
  await stack.db.update(sendCounts).set({ day: sql`day - 1` })
  expect((await sender.try(messageEndpoints.retry, { id: items[1]?.id ?? '' })).status).toBe(200)
})

test('S42: of texts that come in at once no more are passed on than the account may send', async ({
  stack,
}) => {
  await group(stack)

  await Promise.all(Array.from({ length: 8 }, () => textIn(stack, { perAccount: 5 })))

  const states = await stack.db.execute<{ state: string; count: number }>(
    sql`select state::text, count(*)::int as count from deliveries group by state order by state`,
  )
  expect([...states]).toEqual([
    { state: 'queued', count: 4 },
    { state: 'review', count: 12 },
  ])
})

test('S42: announcements are counted too, and no cap keeps a member in', async ({
  stack,
  admin,
}) => {
  const { conversationId: id } = await group(stack)
  await using api = await withLimits(stack, { perUser: 4 })
  const sender = admin.at(api.http)
  const add = (phone: string) =>
    sender.try(groupEndpoints.addMember, { id }, { name: 'Dan', phone })

  expect((await add('+14155550104')).status).toBe(201)
  expect((await add('+14155550105')).status).toBe(429)
  const [someone] = (await sender.call(groupEndpoints.members, { id })).items
  const params = { id, memberId: someone?.id ?? '' }
  expect((await sender.try(groupEndpoints.removeMember, params)).status).toBe(200)
})

test('S42: a scheduled text that would pass a cap when its time comes is kept with the reason', async ({
  stack: { db },
  admin,
}) => {
  const { conversationId: id } = await givenGroup(db, { address: line, members })
  const sendAt = new Date(Date.now() + 60_000).toISOString()
  await admin.call(messageEndpoints.send, { id }, { body: 'Later', clientKey: 'later', sendAt })
  await db.execute(sql`update scheduled_messages set send_at = now()`)

  expect(await sendNextDue(db, { ...noLimits, perUser: 2 })).toBeUndefined()

  const { items } = await admin.call(messageEndpoints.scheduled, { id })
  expect(items.map(({ problem }) => problem)).toEqual([
    expect.stringContaining('segments that one user may send in a day') as string,
  ])
  expect(await db.$count(messages)).toBe(0)
})

test('S42: of two who join at once a group with one place left takes one', async ({
  stack,
  admin,
}) => {
  const { conversationId: id } = await group(stack)
  await using api = await withLimits(stack, { groupSize: 4 })
  const sender = admin.at(api.http)

  const answers = await Promise.all(
    ['+14155550104', '+14155550105'].map((phone) =>
      sender.try(groupEndpoints.addMember, { id }, { name: 'Dan', phone }),
    ),
  )

  expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 422])
  const refused = answers.find(({ status }) => status === 422)
  expect(refused?.code).toBe('group_full')
  expect(refused?.message).toContain('GROUP_SIZE_CAP')
  expect((await sender.call(groupEndpoints.members, { id })).items).toHaveLength(4)
})

test('S42: with no limits set nothing is counted', async ({ stack, admin }) => {
  const { conversationId } = await group(stack)
  const inbox = await givenLine(stack.db, { address: '+15558675312' })
  const direct = await givenDirect(stack.db, { lineId: inbox.id, address: ana })

  expect((await send(admin, conversationId)).status).toBe(202)
  expect((await send(admin, direct.conversationId)).status).toBe(202)
  expect(await stack.db.$count(sendCounts)).toBe(0)
  expect((await admin.call(conversationEndpoints.list)).items).toHaveLength(2)
})
