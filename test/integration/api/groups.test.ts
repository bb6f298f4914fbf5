import { contactEndpoints } from '@partyline/contracts/api/contacts'
import { conversationEndpoints } from '@partyline/contracts/api/conversations'
import { groupEndpoints, type Member } from '@partyline/contracts/api/groups'
import { lineEndpoints } from '@partyline/contracts/api/lines'
import { type Message, messageEndpoints } from '@partyline/contracts/api/messages'
import { feedEndpoints } from '@partyline/contracts/feed'
import { expect } from 'vitest'
import type { Client } from './client.ts'
import { makeGroup, makeLine, test } from './running-api.ts'

const add = (client: Client, id: string, name: string, phone: string) =>
  client.call(groupEndpoints.addMember, { id }, { name, phone })

/** Newest first. */
const log = async (client: Client, id: string): Promise<Message[]> =>
  (await client.call(messageEndpoints.list, { id })).items

const recipients = async (client: Client, message: Message | undefined): Promise<string[]> => {
  const page = await client.call(messageEndpoints.deliveries, { id: message?.id ?? '' })
  return page.items.map(({ address }) => address).toSorted()
}

test('A4 A5 A26 E20: a member is added by name and phone in any spelling, and keeps exactly that', async ({
  admin,
}) => {
  const group = await makeGroup(admin)
  const spellings = [
    '(206) 555-0101',
    '206.555.0102',
    '+1 206 555 0103',
    '12065550104',
    '2065550105',
  ]
  const members: Member[] = []
  for (const [index, phone] of spellings.entries()) {
    members.push(await add(admin, group.id, `Member ${index}`, phone))
  }

  expect(members.map(({ address }) => address)).toEqual(
    [1, 2, 3, 4, 5].map((last) => `+1206555010${last}`),
  )
  expect(members[0]).toMatchObject({
    ...{ name: 'Member 0', displayAddress: '(206) 555-0101', kind: 'contact', optedOut: false },
    conversationId: group.conversationId,
  })
  const listed = await admin.call(groupEndpoints.members, { id: group.id })
  expect(listed.items).toEqual(members)
  expect((await admin.call(groupEndpoints.get, { id: group.id })).memberCount).toBe(5)
})

test('A26: what is no phone number is refused with words that say what to type', async ({
  admin,
}) => {
  const group = await makeGroup(admin)
  for (const phone of ['lunch', '12', '+', "'; drop table members; --", '٣']) {
    const answer = await admin.try(groupEndpoints.addMember, { id: group.id }, { name: 'X', phone })
    expect([answer.status, answer.code], phone).toEqual([400, 'invalid_phone'])
    expect(answer.message).toContain('(415) 555-0100')
  }
})

test('A16 A17 A18 A20: joining is announced by Admin to all members, the new one included, and is in the log', async ({
  admin,
}) => {
  const group = await makeGroup(admin)
  await add(admin, group.id, 'John', '+12065550101')
  await add(admin, group.id, 'Mary', '+12065550102')
  const [latest, first] = await log(admin, group.id)

  expect(latest).toMatchObject({
    ...{ kind: 'announcement', direction: 'outbound', body: 'Mary has joined the group' },
    ...{ origin: null, twilioSid: null },
    author: { kind: 'system', id: null, name: 'Admin', address: null },
  })
  expect(await recipients(admin, latest)).toEqual(['+12065550101', '+12065550102'])
  expect(await recipients(admin, first)).toEqual(['+12065550101'])
})

test('A19 A20 A28: leaving is announced to those who remain, and the member is gone at once', async ({
  admin,
}) => {
  const group = await makeGroup(admin)
  const john = await add(admin, group.id, 'John', '+12065550101')
  await add(admin, group.id, 'Mary', '+12065550102')
  await admin.call(groupEndpoints.removeMember, { id: group.id, memberId: john.id })
  const [latest] = await log(admin, group.id)

  expect(latest).toMatchObject({ kind: 'announcement', body: 'John has left the group' })
  expect(await recipients(admin, latest)).toEqual(['+12065550102'])
  const listed = await admin.call(groupEndpoints.members, { id: group.id })
  expect(listed.items.map(({ name }) => name)).toEqual(['Mary'])
  const again = await admin.try(groupEndpoints.removeMember, { id: group.id, memberId: john.id })
  expect(again.status).toBe(404)
})

test('a removed member can come back, and is a member of their own then', async ({ admin }) => {
  const group = await makeGroup(admin)
  const first = await add(admin, group.id, 'John', '+12065550101')
  await admin.call(groupEndpoints.removeMember, { id: group.id, memberId: first.id })
  const second = await add(admin, group.id, 'John', '+12065550101')

  expect(second.id).not.toBe(first.id)
})

test('of ten who add the same number at once, one does, and it is announced once', async ({
  admin,
}) => {
  const group = await makeGroup(admin)
  const body = { name: 'John', phone: '+12065550101' }
  const answers = await Promise.all(
    Array.from({ length: 10 }, () => admin.try(groupEndpoints.addMember, { id: group.id }, body)),
  )

  expect(answers.map(({ status }) => status).toSorted()).toEqual([
    201,
    ...Array.from({ length: 9 }, () => 409),
  ])
  expect(await log(admin, group.id)).toHaveLength(1)
})

test("a member's number cannot be one of our lines: two groups would text each other for ever", async ({
  admin,
}) => {
  const group = await makeGroup(admin)
  const other = await makeLine(admin)
  for (const phone of [other.address, group.lineAddress]) {
    const answer = await admin.try(groupEndpoints.addMember, { id: group.id }, { name: 'X', phone })
    expect([answer.status, answer.code]).toEqual([400, 'invalid_phone'])
  }
})

test('with announcing switched off nobody is told', async ({ admin }) => {
  const group = await makeGroup(admin)
  await admin.call(groupEndpoints.change, { id: group.id }, { announce: false })
  await add(admin, group.id, 'John', '+12065550101')

  expect(await log(admin, group.id)).toEqual([])
})

test('A34 A14: a text from the web is by Admin and goes to every member', async ({
  admin,
  ana,
}) => {
  const group = await makeGroup(admin)
  await add(admin, group.id, 'John', '+12065550101')
  await add(admin, group.id, 'Mary', '+12065550102')
  const sent = await ana.call(
    messageEndpoints.send,
    { id: group.id },
    { body: 'Lunch is ready', clientKey: 'k1' },
  )

  expect(sent).toMatchObject({
    author: { kind: 'user', name: 'Admin', address: null },
    deliveries: { total: 2, queued: 2 },
  })
  expect(await recipients(admin, sent)).toEqual(['+12065550101', '+12065550102'])
})

test('the admin name is per group', async ({ admin }) => {
  const group = await makeGroup(admin)
  await admin.call(groupEndpoints.change, { id: group.id }, { adminName: 'Reception' })
  await add(admin, group.id, 'John', '+12065550101')
  const body = { body: 'Hello', clientKey: 'k1' }
  const sent = await admin.call(messageEndpoints.send, { id: group.id }, body)

  expect(sent.author.name).toBe('Reception')
  expect((await log(admin, group.id))[1]?.author.name).toBe('Reception')
})

test('A6: each group has a line of its own, and its line is put in group mode', async ({
  admin,
}) => {
  const first = await makeGroup(admin)
  const second = await makeGroup(admin, { address: '+15550100098', name: 'Choir' })
  const taken = await admin.try(groupEndpoints.create, {}, { name: 'X', lineId: first.lineId })
  const line = (await admin.call(lineEndpoints.list)).items.find(({ id }) => id === second.lineId)
  const backToInbox = await admin.try(lineEndpoints.change, { id: first.lineId }, { mode: 'inbox' })

  expect([taken.status, taken.code]).toEqual([409, 'already_exists'])
  expect(line).toMatchObject({ mode: 'group', autoReply: 'Message received.' })
  expect([backToInbox.status, backToInbox.code]).toEqual([409, 'line_in_use'])
  expect((await admin.call(groupEndpoints.list)).items).toHaveLength(2)
})

test('a person can be in two groups, once as a contact', async ({ admin }) => {
  const first = await makeGroup(admin)
  const second = await makeGroup(admin, { address: '+15550100098', name: 'Choir' })
  const here = await add(admin, first.id, 'John', '+12065550101')
  const there = await add(admin, second.id, 'Johnny', '2065550101')

  expect(there.contactId).toBe(here.contactId)
  expect([here.name, there.name]).toEqual(['John', 'Johnny'])
  expect((await admin.call(contactEndpoints.list)).items).toHaveLength(1)
})

test('A29: adding and removing a member is in the feed, for every client', async ({
  admin,
  ben,
}) => {
  const group = await makeGroup(admin)
  const { cursor } = await ben.call(feedEndpoints.list)
  const john = await add(admin, group.id, 'John', '+12065550101')
  await admin.call(groupEndpoints.removeMember, { id: group.id, memberId: john.id })

  await expect
    .poll(async () => {
      const { items } = await ben.call(feedEndpoints.list, {}, { after: cursor })
      return items.map(({ type }) => type)
    })
    .toEqual(expect.arrayContaining(['member.removed', 'message.created', 'group.changed']))
})

test('renaming a group is for administrators, by either door', async ({ admin, ana }) => {
  const { id } = await makeGroup(admin)
  const byGroup = await ana.try(groupEndpoints.change, { id }, { name: 'Mine' })
  const byConversation = await ana.try(conversationEndpoints.change, { id }, { name: 'Mine' })
  await admin.call(conversationEndpoints.change, { id }, { name: 'Ours' })

  expect([byGroup.status, byConversation.status]).toEqual([403, 403])
  expect((await ana.call(groupEndpoints.get, { id })).name).toBe('Ours')
})

test('A6: a line is known by its address in any spelling, and there is one of each', async ({
  admin,
}) => {
  const line = await makeLine(admin, { address: '(555) 010-0001', mode: 'group' })
  const again = await admin.try(lineEndpoints.create, {}, { address: '+15550100001', name: 'X' })
  const whatsapp = await makeLine(admin, { address: '+15550100001', channel: 'whatsapp' })
  const service = await makeLine(admin, { address: `MG${'0a'.repeat(16)}`, name: 'Pool' })

  expect(line).toMatchObject({ address: '+15550100001', channel: 'sms' })
  expect(line.autoReply).toBe('Message received.')
  expect(again.code).toBe('already_exists')
  expect(whatsapp).toMatchObject({ address: 'whatsapp:+15550100001', autoReply: null })
  expect(service).toMatchObject({ channel: 'sms', displayAddress: service.address })
})

test('a line whose group is deleted is an inbox again, and can be a group once more', async ({
  admin,
  ana,
}) => {
  const { id, lineId } = await makeGroup(admin)
  expect((await ana.try(conversationEndpoints.remove, { id })).status).toBe(403)
  await admin.call(conversationEndpoints.remove, { id })
  const line = (await admin.call(lineEndpoints.list)).items.find((one) => one.id === lineId)

  expect(line).toMatchObject({ mode: 'inbox', autoReply: null })
  expect((await admin.try(groupEndpoints.create, {}, { name: 'Again', lineId })).status).toBe(201)
})
