import { contactEndpoints } from '@partyline/contracts/api/contacts'
import { type Conversation, conversationEndpoints } from '@partyline/contracts/api/conversations'
import { messageEndpoints } from '@partyline/contracts/api/messages'
import { feedEndpoints } from '@partyline/contracts/feed'
import { findOrCreateContact, findOrCreateDirect } from '@partyline/db/queries/find-or-create'
import { postMessage } from '@partyline/db/queries/post-message'
import { sql } from 'drizzle-orm'
import { expect } from 'vitest'
import type { Stack } from '../../support/stack.ts'
import type { Client } from './client.ts'
import { makeLine, runApi, test } from './running-api.ts'

const open = (client: Client, lineId: string, address: string, visibility = 'shared') =>
  client.call(conversationEndpoints.create, {}, { lineId, address, visibility })

const names = async (client: Client, query: object = {}) =>
  (await client.call(conversationEndpoints.list, {}, query)).items.map(({ name }) => name)

/** As the dispatcher takes in a text. */
async function textIn({ db }: Stack, lineId: string, address: string, body = 'Hello') {
  return db.transaction(async (tx) => {
    const { contactId } = await findOrCreateContact(tx, { address })
    const { conversationId } = await findOrCreateDirect(tx, { lineId, address, contactId })
    await postMessage(tx, {
      ...{ conversationId, kind: 'text', direction: 'inbound', body },
      author: { kind: 'contact', id: contactId, name: address, address },
    })
    return conversationId
  })
}

test('B44 B22: compose takes a number in any spelling and opens one conversation with nothing unread', async ({
  admin,
}) => {
  const line = await makeLine(admin)
  const first = await open(admin, line.id, '(206) 555-1212')
  const second = await open(admin, line.id, '+12065551212')

  expect(second.id).toBe(first.id)
  expect(first).toMatchObject({
    ...{ kind: 'direct', status: 'open', unread: 0, address: '+12065551212', channel: 'sms' },
    line: { id: line.id, address: '+15550100001' },
    lastMessage: null,
  })
})

test('B41 B26: a conversation is called by its name, else by its formatted number without prefix', async ({
  admin,
}) => {
  const line = await makeLine(admin)
  const whatsapp = await makeLine(admin, { address: '+15550100002', channel: 'whatsapp' })
  const page = await makeLine(admin, { address: 'messenger:page1', name: 'Page' })
  const sms = await open(admin, line.id, '+12065551212')

  expect(sms.name).toBe('(206) 555-1212')
  expect((await open(admin, line.id, '+442079460958')).name).toBe('+44 20 7946 0958')
  expect(await open(admin, whatsapp.id, '+12065551212')).toMatchObject({
    ...{ name: '(206) 555-1212', address: 'whatsapp:+12065551212', channel: 'whatsapp' },
  })
  expect(await open(admin, page.id, 'messenger:4711')).toMatchObject({
    ...{ name: '4711', channel: 'messenger' },
  })
  const renamed = await admin.call(conversationEndpoints.change, { id: sms.id }, { name: 'Ann' })
  expect(renamed.name).toBe('Ann')
})

test('B45: renaming renames the contact, tells all their conversations, and keeps the place in the list', async ({
  stack,
  admin,
  ben,
}) => {
  const [one, two] = [await makeLine(admin), await makeLine(admin, { address: '+15550100002' })]
  const first = await textIn(stack, one.id, '+12065551212')
  const second = await textIn(stack, two.id, '+12065551212')
  await textIn(stack, one.id, '+12065559999')
  const before = await admin.call(conversationEndpoints.list)
  const { cursor } = await ben.call(feedEndpoints.list)
  await admin.call(conversationEndpoints.change, { id: first }, { name: 'Ann' })

  const after = await admin.call(conversationEndpoints.list)
  expect(after.items.map(({ id }) => id)).toEqual(before.items.map(({ id }) => id))
  expect(after.items.map(({ name }) => name)).toEqual(['(206) 555-9999', 'Ann', 'Ann'])
  await expect
    .poll(async () => {
      const { items } = await ben.call(feedEndpoints.list, {}, { after: cursor })
      return items.flatMap((event) =>
        event.type === 'conversation.changed' ? [event.conversation.id] : [],
      )
    })
    .toEqual(expect.arrayContaining([first, second]))
  expect((await admin.call(contactEndpoints.list)).items.map(({ name }) => name)).toContain('Ann')
})

test('B23 B40: the last message is first; B46 B39 B24: a closed one is not among the open', async ({
  stack,
  admin,
}) => {
  const line = await makeLine(admin)
  const a = await textIn(stack, line.id, '+12065550001')
  await textIn(stack, line.id, '+12065550002')
  const c = await textIn(stack, line.id, '+12065550003')
  await textIn(stack, line.id, '+12065550001', 'again')

  expect(await names(admin)).toEqual(['(206) 555-0001', '(206) 555-0003', '(206) 555-0002'])
  await admin.call(conversationEndpoints.change, { id: c }, { status: 'closed' })
  expect(await names(admin, { status: 'open' })).toEqual(['(206) 555-0001', '(206) 555-0002'])
  expect(await names(admin, { status: 'closed' })).toEqual(['(206) 555-0003'])
  // Closing and reopening never move a row.
  await admin.call(conversationEndpoints.change, { id: c }, { status: 'open' })
  expect(await names(admin)).toEqual(['(206) 555-0001', '(206) 555-0003', '(206) 555-0002'])
  const seen = await admin.call(conversationEndpoints.get, { id: a })
  expect(seen.lastMessage).toMatchObject({ preview: 'again', direction: 'inbound' })
})

test('B25 B49: each text in counts one unread, and reading sets none for everybody', async ({
  stack,
  admin,
  ben,
}) => {
  const line = await makeLine(admin)
  const id = await textIn(stack, line.id, '+12065550001')
  await textIn(stack, line.id, '+12065550001')
  expect((await admin.call(conversationEndpoints.get, { id })).unread).toBe(2)

  await admin.call(conversationEndpoints.change, { id }, { read: true })
  expect((await ben.call(conversationEndpoints.get, { id })).unread).toBe(0)
  await textIn(stack, line.id, '+12065550001')
  expect((await ben.call(conversationEndpoints.get, { id })).unread).toBe(1)
})

test('B20: times are ISO 8601 UTC with milliseconds', async ({ admin }) => {
  const line = await makeLine(admin)
  const conversation = await open(admin, line.id, '+12065551212')

  expect(conversation.lastMessageAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
  expect(line.createdAt).toMatch(/\.\d{3}Z$/)
})

test('B17: LIMIT is the first page, and the cursor walks through all of them once, ties included', async ({
  stack,
  admin,
}) => {
  await using small = runApi(stack, { limit: 3 })
  const line = await makeLine(admin)
  for (let last = 10; last < 20; last += 1) await textIn(stack, line.id, `+120655500${last}`)
  await stack.db.execute(sql`
    update conversations set last_message_at = '2026-01-01 00:00:00.123456Z'
    where right(address, 1)::int % 2 = 0`)
  const reader = admin.at(small.http)
  const seen: Conversation[] = []
  let cursor: string | null | undefined
  let pages = 0
  do {
    const page: { items: Conversation[]; nextCursor: string | null } = await reader.call(
      conversationEndpoints.list,
      {},
      cursor ? { cursor } : {},
    )
    expect(page.items.length).toBeLessThanOrEqual(3)
    seen.push(...page.items)
    cursor = page.nextCursor
    pages += 1
  } while (cursor)

  expect(pages).toBe(4)
  expect(new Set(seen.map(({ id }) => id)).size).toBe(10)
})

test('q finds part of a name or number, and % and _ mean themselves', async ({ admin }) => {
  const line = await makeLine(admin)
  const named = await open(admin, line.id, '+12065551212')
  await admin.call(conversationEndpoints.change, { id: named.id }, { name: '100% Ann_Lee' })
  await open(admin, line.id, '+14155550100')

  expect(await names(admin, { q: 'ann_' })).toEqual(['100% Ann_Lee'])
  expect(await names(admin, { q: '100%' })).toEqual(['100% Ann_Lee'])
  expect(await names(admin, { q: '(415) 555' })).toEqual(['(415) 555-0100'])
  expect(await names(admin, { q: '555' })).toHaveLength(2)
  for (const q of ['%', '_nn', 'a\\', "' or 1=1 --"]) {
    expect((await names(admin, { q })).length, q).toBeLessThan(2)
  }
  expect(await names(admin, { q: '_nn' })).toEqual([])
})

test('B47 B48: deleting removes the conversation with all its messages, and is in the feed', async ({
  stack,
  admin,
  ben,
}) => {
  const line = await makeLine(admin)
  const id = await textIn(stack, line.id, '+12065550001')
  const { cursor } = await ben.call(feedEndpoints.list)
  await admin.call(conversationEndpoints.remove, { id })

  expect((await ben.try(conversationEndpoints.get, { id })).status).toBe(404)
  expect((await ben.try(messageEndpoints.list, { id })).status).toBe(404)
  await expect
    .poll(async () => {
      const { items } = await ben.call(feedEndpoints.list, {}, { after: cursor })
      return items.map((event) => ('id' in event ? `${event.type} ${event.id}` : event.type))
    })
    .toContain(`conversation.deleted ${id}`)
})

test('B47: what Twilio sent is redacted with the conversation, and its SID stays, so a repeat is harmless', async ({
  stack,
  admin,
}) => {
  const line = await makeLine(admin)
  const id = await textIn(stack, line.id, '+12065550001', 'a secret')
  await stack.db.execute(sql`update messages set twilio_sid = 'SM1'`)
  await stack.db.execute(sql`insert into inbox (message_sid, source, params)
    values ('SM1', 'webhook', '{"Body": "a secret"}'), ('SM2', 'webhook', '{"Body": "another"}')`)
  await admin.call(conversationEndpoints.remove, { id })

  const rows = await stack.db.execute(sql`select message_sid, params from inbox order by 1`)
  expect([...rows]).toEqual([
    { message_sid: 'SM1', params: {} },
    { message_sid: 'SM2', params: { Body: 'another' } },
  ])
})

test('D20: a web conversation is between users, is seen by them alone, and texts nobody', async ({
  admin,
  ana,
  ben,
  users,
}) => {
  const web = await ana.call(
    conversationEndpoints.create,
    {},
    { name: 'Shift', userIds: [users.ben] },
  )
  const sent = await ben.call(messageEndpoints.send, { id: web.id }, { body: 'Hi', clientKey: 'k' })

  expect(web).toMatchObject({ kind: 'web', name: 'Shift', memberCount: 2, line: null })
  expect(sent.author.name).toBe('Ben')
  expect(sent.deliveries.total).toBe(0)
  expect((await ana.call(messageEndpoints.list, { id: web.id })).items).toHaveLength(1)
  expect((await admin.try(conversationEndpoints.get, { id: web.id })).status).toBe(404)
  expect(await names(admin)).toEqual([])
  expect(await names(ben)).toEqual(['Shift'])
  expect((await ben.try(conversationEndpoints.remove, { id: web.id })).status).toBe(403)
})

test('a conversation can be assigned to a user who can work, and to nobody', async ({
  admin,
  users,
}) => {
  const { id } = await open(admin, (await makeLine(admin)).id, '+12065551212')
  const change = (assigneeId: string | null) =>
    admin.try(conversationEndpoints.change, { id }, { assigneeId })

  expect((await change(users.ben)).status).toBe(200)
  expect((await admin.call(conversationEndpoints.get, { id })).assigneeId).toBe(users.ben)
  expect((await change('01890000-0000-7000-8000-000000000000')).status).toBe(400)
  expect((await change(null)).status).toBe(200)
})
