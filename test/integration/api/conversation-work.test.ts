import { conversationEndpoints } from '@partyline/contracts/api/conversations'
import { labelEndpoints } from '@partyline/contracts/api/labels'
import { messageEndpoints } from '@partyline/contracts/api/messages'
import { noteEndpoints } from '@partyline/contracts/api/notes'
import { feedEndpoints } from '@partyline/contracts/feed'
import { wakeSnoozed } from '@partyline/db/queries/wake-snoozed'
import { deliveries } from '@partyline/db/schema/deliveries'
import { sql } from 'drizzle-orm'
import { expect } from 'vitest'
import type { Client } from './client.ts'
import { conversationNames } from './conversation-steps.ts'
import { givenText } from './given-text.ts'
import { listMessages, sendMessage } from './message-steps.ts'
import { makeGroup, makeLine, makeMember, test } from './running-api.ts'

const inAnHour = () => new Date(Date.now() + 3_600_000).toISOString()
const look = (client: Client, id: string) => client.call(conversationEndpoints.get, { id })
const bodies = async (client: Client, id: string) =>
  (await listMessages(client, id)).toReversed().map(({ body }) => body)

test('what is done with a conversation stands in its thread once, unread by nobody, and moves no row', async ({
  stack,
  ana,
  admin,
  users,
}) => {
  const line = await makeLine(admin)
  const id = await givenText(stack, line.id, '+12065550001')
  await givenText(stack, line.id, '+12065550002')
  const before = await look(ana, id)
  const change = (to: object) => ana.call(conversationEndpoints.change, { id }, to)
  await change({ assigneeId: users.ben })
  await change({ assigneeId: users.ben })
  await change({ status: 'closed' })
  await change({ status: 'closed' })
  expect((await look(ana, id)).waitingSince).toBeNull()
  await change({ status: 'open', assigneeId: users.ana })
  expect((await look(ana, id)).waitingSince).toBe(before.waitingSince)
  await change({ assigneeId: null, read: true })

  expect(await bodies(ana, id)).toEqual([
    'Hello',
    'Ana assigned this to Ben',
    'Ana closed this conversation',
    'Ana reopened this conversation',
    'Ana took this conversation',
    'Ana took the assignment back',
  ])
  const [last] = await listMessages(ana, id)
  expect(last).toMatchObject({
    ...{ kind: 'event', author: { kind: 'user', id: users.ana }, deliveries: { total: 0 } },
  })
  const { lastMessage, lastMessageAt } = before
  expect(await look(ana, id)).toMatchObject({ lastMessage, lastMessageAt, unread: 0 })
  expect(await conversationNames(ana)).toEqual(['(206) 555-0002', '(206) 555-0001'])

  expect((await change({ read: false })).unread).toBe(1)
  expect((await change({ read: false })).unread).toBe(1)
})

test('a snoozed conversation is back at its time, on top and unread, woken once by any number; a text wakes it at once', async ({
  stack,
  ana,
  admin,
}) => {
  const line = await makeLine(admin)
  const id = await givenText(stack, line.id, '+12065550001')
  await givenText(stack, line.id, '+12065550002')
  const snooze = (snoozedUntil: string) =>
    ana.try(conversationEndpoints.change, { id }, { snoozedUntil })
  await ana.call(conversationEndpoints.change, { id }, { read: true })
  expect((await snooze(new Date(Date.now() - 1_000).toISOString())).status).toBe(400)
  expect((await snooze(inAnHour())).status).toBe(200)
  expect(await conversationNames(ana, { status: 'snoozed' })).toEqual(['(206) 555-0001'])
  expect(await wakeSnoozed(stack.dbs.dispatcher, 10)).toBe(0)

  await stack.db.execute(sql`update conversations set snoozed_until = now() where id = ${id}`)
  const woken = await Promise.all([1, 2, 3].map(() => wakeSnoozed(stack.dbs.dispatcher, 10)))
  expect(woken.reduce((sum, count) => sum + count)).toBe(1)
  expect(await look(ana, id)).toMatchObject({ status: 'open', snoozedUntil: null, unread: 1 })
  expect(await conversationNames(ana)).toEqual(['(206) 555-0001', '(206) 555-0002'])
  expect((await bodies(ana, id)).slice(1)).toEqual([
    'Ana snoozed this conversation',
    'Back from snooze',
  ])

  await snooze(inAnHour())
  const again = { lineId: line.id, address: '+12065550001' }
  const opened = await ana.call(conversationEndpoints.create, {}, again)
  expect(opened).toMatchObject({ id, status: 'open', snoozedUntil: null })

  await snooze(inAnHour())
  await givenText(stack, line.id, '+12065550001', 'Anybody?')
  expect(await look(ana, id)).toMatchObject({ status: 'open', snoozedUntil: null })
})

test('a note is written once for its key, is in no list row and addressed to nobody', async ({
  stack,
  ana,
  ben,
  admin,
}) => {
  const { id } = await makeGroup(admin)
  await makeMember(admin, id, 'Cleo', '+12065550003')
  await stack.db.delete(deliveries)
  const before = await look(ana, id)
  const write = (clientKey: string, body = 'Cleo is the treasurer') =>
    ana.try(noteEndpoints.write, { id }, { body, clientKey })
  const notes = await Promise.all([write('n1'), write('n1')])

  expect(new Set(notes.map(({ status, text }) => `${status} ${text}`)).size).toBe(1)
  const [note] = await listMessages(ben, id)
  expect(note).toMatchObject({
    ...{ kind: 'note', body: 'Cleo is the treasurer', author: { name: 'Ana' } },
    deliveries: { total: 0 },
  })
  expect(await look(ana, id)).toEqual(before)
  expect(await stack.db.$count(deliveries)).toBe(0)
  // Nor does its key send it, or a text's key make a note.
  const asText = { body: 'Cleo is the treasurer', clientKey: 'n1' }
  expect((await ana.try(messageEndpoints.send, { id }, asText)).code).toBe('client_key_reused')
  await sendMessage(ana, id, 'Dinner', 't1')
  expect((await write('t1', 'Dinner')).code).toBe('client_key_reused')
})

test('many conversations are changed at once, what one may not see is refused, and labels come and go', async ({
  stack,
  ana,
  ben,
  admin,
}) => {
  const line = await makeLine(admin)
  const a = await givenText(stack, line.id, '+12065550001')
  const b = await givenText(stack, line.id, '+12065550002')
  const web = await ben.call(conversationEndpoints.create, {}, { name: 'Mine', userIds: [] })
  const label = await ana.call(labelEndpoints.create, {}, { name: 'VIP', color: 'red' })
  expect((await ana.try(labelEndpoints.create, {}, { name: 'vip', color: 'teal' })).status).toBe(
    409,
  )
  const { cursor } = await ben.call(feedEndpoints.list)
  const bulk = (change: object) =>
    ana.call(conversationEndpoints.changeMany, {}, { ids: [a, b, web.id], ...change })

  expect(await bulk({ addLabelIds: [label.id], status: 'closed', read: true })).toEqual({
    changed: 2,
    refused: [{ id: web.id, reason: 'There is no such conversation.' }],
  })
  expect((await bulk({ addLabelIds: [label.id], status: 'closed' })).changed).toBe(0)
  expect(await look(ana, b)).toMatchObject({ status: 'closed', unread: 0, labelIds: [label.id] })
  expect(await bodies(ana, a)).toEqual(['Hello', 'Ana closed this conversation'])
  expect(await bodies(ben, web.id)).toEqual([])
  await ana.call(labelEndpoints.change, { id: label.id }, { name: 'Regulars' })
  await bulk({ removeLabelIds: [label.id] })
  await ana.call(labelEndpoints.remove, { id: label.id })

  expect((await look(ana, b)).labelIds).toEqual([])
  const told = async (client: Client) =>
    (await client.call(feedEndpoints.list, {}, { after: cursor })).items.map(({ type }) => type)
  await expect.poll(() => told(ben)).toContain('label.deleted')
  // One event a thread, one change a row: however much was changed about it.
  expect((await told(ben)).toSorted()).toEqual([
    ...['conversation.changed', 'conversation.changed', 'label.deleted'],
    ...['message.created', 'message.created'],
  ])

  await ben.call(conversationEndpoints.remove, { id: web.id })
  await expect.poll(() => told(ben)).toContain('conversation.deleted')
  expect(await told(ana)).not.toContain('conversation.deleted')
})
