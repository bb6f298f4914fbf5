import { conversationEndpoints } from '@partyline/contracts/api/conversations'
import { messageEndpoints } from '@partyline/contracts/api/messages'
import { noLimits } from '@partyline/contracts/send-limits'
import { sendNextDue } from '@partyline/db/queries/send-next-due'
import { sql } from 'drizzle-orm'
import { expect } from 'vitest'
import { makeDirect, openConversation } from './conversation-steps.ts'
import { listMessages, sendMessage } from './message-steps.ts'
import { test } from './running-api.ts'

test('E13 E15 E17: a text is stored as queued at once, 202, and a bell is rung for its line', async ({
  stack,
  admin,
}) => {
  const { id } = await makeDirect(admin)
  const answer = await admin.try(messageEndpoints.send, { id }, { body: 'Hello', clientKey: 'k1' })
  const [message] = await listMessages(admin, id)

  expect(answer.status).toBe(202)
  expect(message).toMatchObject({
    ...{ seq: 1, kind: 'text', direction: 'outbound', body: 'Hello', clientKey: 'k1' },
    author: { kind: 'user', name: 'Admin' },
    deliveries: { total: 1, queued: 1, sent: 0, delivered: 0, failed: 0, unknown: 0 },
    delivery: { address: '+12065551212', status: 'queued', error: null, canRetry: false },
  })
  await expect.poll(() => stack.redis.llen(`${stack.prefix}:outbound:wait`)).toBe(1)
})

test('E15: a text is taken while Redis is away: the bell is missed, the sweeper finds it', async ({
  stack,
  admin,
}) => {
  const { id } = await makeDirect(admin)
  await stack.producer.close()

  expect((await sendMessage(admin, id, 'Hello', 'k1')).deliveries.queued).toBe(1)
})

test('ten parallel requests with one clientKey make one message, which all ten get', async ({
  admin,
}) => {
  const { id } = await makeDirect(admin)
  const sent = await Promise.all(
    Array.from({ length: 10 }, () => sendMessage(admin, id, 'Only once', 'same')),
  )

  expect(new Set(sent.map((message) => message.id)).size).toBe(1)
  expect(await listMessages(admin, id)).toHaveLength(1)
  const page = await admin.call(messageEndpoints.deliveries, { id: sent[0]?.id ?? '' })
  expect(page.items).toHaveLength(1)
})

test('a scheduled text that is asked for again is the same text, also when its time is over', async ({
  stack: { db },
  admin,
}) => {
  const { id } = await makeDirect(admin)
  const text = { body: 'Later', clientKey: 'k1' }
  const inAnHour = new Date(Date.now() + 3_600_000).toISOString()
  const justNow = new Date(Date.now() - 1_000).toISOString()
  const waiting = await admin.call(messageEndpoints.send, { id }, { ...text, sendAt: inAnHour })

  const again = { ...text, sendAt: justNow }
  expect((await admin.call(messageEndpoints.send, { id }, again)).id).toBe(waiting.id)
  await db.execute(sql`update scheduled_messages set send_at = ${justNow}::timestamptz`)
  await sendNextDue(db, noLimits)

  const [sent] = await listMessages(admin, id)
  for (const sendAt of [justNow, inAnHour]) {
    const told = await admin.call(messageEndpoints.send, { id }, { ...text, sendAt })
    expect(told.id).toBe(sent?.id)
  }
  const other = { ...again, body: 'Another' }
  expect((await admin.try(messageEndpoints.send, { id }, other)).code).toBe('client_key_reused')
})

test('a clientKey used for another text or conversation is refused, and is each user’s own', async ({
  admin,
  ana,
}) => {
  const { id, line } = await makeDirect(admin)
  const other = await openConversation(admin, line?.id ?? '', '+12065550000')
  await sendMessage(admin, id, 'One', 'k1')
  const answers = [
    await admin.try(messageEndpoints.send, { id }, { body: 'Two', clientKey: 'k1' }),
    await admin.try(messageEndpoints.send, { id: other.id }, { body: 'One', clientKey: 'k1' }),
  ]

  expect(answers.map(({ status, code }) => [status, code])).toEqual([
    [409, 'client_key_reused'],
    [409, 'client_key_reused'],
  ])
  expect((await sendMessage(ana, id, 'One', 'k1')).author.name).toBe('Ana')
  expect(await listMessages(admin, id)).toHaveLength(2)
})

test('B53: an empty text is not sent, and one of more than 1,600 characters is not either', async ({
  admin,
}) => {
  const { id } = await makeDirect(admin)
  for (const body of ['', '   \n ', 'x'.repeat(1_601)]) {
    const answer = await admin.try(messageEndpoints.send, { id }, { body, clientKey: 'k' })
    expect(answer.status).toBe(400)
  }
  expect(await listMessages(admin, id)).toEqual([])
})

test('to a contact who texted STOP nothing is sent, and the answer says how it can be again', async ({
  stack,
  admin,
}) => {
  const { id, line } = await makeDirect(admin)
  await stack.db.execute(sql`
    insert into opt_outs (line_id, address, source) values (${line?.id}, '+12065551212', 'keyword')`)
  const answer = await admin.try(messageEndpoints.send, { id }, { body: 'Hi', clientKey: 'k' })

  expect([answer.status, answer.code]).toEqual([409, 'contact_opted_out'])
  expect(answer.message).toContain('START')
  expect((await admin.call(conversationEndpoints.get, { id })).optedOut).toBe(true)
  expect(await listMessages(admin, id)).toEqual([])
  await stack.db.execute(sql`update opt_outs set ended_at = now()`)
  expect((await sendMessage(admin, id, 'Hi', 'k')).seq).toBe(1)
})

test('B35: a text to a closed conversation opens it, and sets nothing unread', async ({
  admin,
}) => {
  const { id } = await makeDirect(admin)
  await admin.call(conversationEndpoints.change, { id }, { status: 'closed' })
  await sendMessage(admin, id, 'Hello again', 'k1')

  const after = await admin.call(conversationEndpoints.get, { id })
  expect(after).toMatchObject({ status: 'open', unread: 0 })
  expect(after.lastMessage).toMatchObject({ preview: 'Hello again', direction: 'outbound' })
})

test('B50 E11: messages come newest page first, and behind a seq oldest first', async ({
  admin,
}) => {
  const { id } = await makeDirect(admin)
  for (let n = 1; n <= 5; n += 1) await sendMessage(admin, id, `${n}`, `k${n}`)
  const first = await admin.call(messageEndpoints.list, { id }, { limit: 2 })
  const cursor = first.nextCursor ?? ''
  const second = await admin.call(messageEndpoints.list, { id }, { limit: 2, cursor })
  const later = await admin.call(messageEndpoints.list, { id }, { after: 0, limit: 3 })
  const after = { after: 0, limit: 3, cursor: later.nextCursor ?? '' }
  const rest = await admin.call(messageEndpoints.list, { id }, after)
  const bodies = (page: { items: { body: string }[] }) =>
    page.items.map(({ body }) => body).join('')

  expect([first, second, later, rest].map(bodies)).toEqual(['54', '32', '123', '45'])
  expect(rest.nextCursor).toBeNull()
  expect(await listMessages(admin, id, { after: 5 })).toEqual([])
})
