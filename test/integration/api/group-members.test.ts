import { contactEndpoints } from '@partyline/contracts/api/contacts'
import { groupEndpoints, type Member } from '@partyline/contracts/api/groups'
import { messageEndpoints } from '@partyline/contracts/api/messages'
import { feedEndpoints } from '@partyline/contracts/feed'
import { expect } from 'vitest'
import { listMessages } from './message-steps.ts'
import { makeGroup, makeLine, makeMember, test } from './running-api.ts'

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
    members.push(await makeMember(admin, group.id, `Member ${index}`, phone))
  }

  expect(members.map(({ address }) => address)).toEqual(
    [1, 2, 3, 4, 5].map((last) => `+1206555010${last}`),
  )
  expect(members[0]).toMatchObject({
    ...{ name: 'Member 0', displayAddress: '(206) 555-0101', kind: 'contact', optedOut: false },
    ...{ unreachable: false },
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

test('a removed member can come back, and is a member of their own then', async ({ admin }) => {
  const group = await makeGroup(admin)
  const first = await makeMember(admin, group.id, 'John', '+12065550101')
  await admin.call(groupEndpoints.removeMember, { id: group.id, memberId: first.id })
  const second = await makeMember(admin, group.id, 'John', '+12065550101')

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
  expect(await listMessages(admin, group.id)).toHaveLength(1)
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

test('a person can be in two groups, once as a contact', async ({ admin }) => {
  const first = await makeGroup(admin)
  const second = await makeGroup(admin, { address: '+15550100098', name: 'Choir' })
  const here = await makeMember(admin, first.id, 'John', '+12065550101')
  const there = await makeMember(admin, second.id, 'Johnny', '2065550101')

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
  const john = await makeMember(admin, group.id, 'John', '+12065550101')
  await admin.call(groupEndpoints.removeMember, { id: group.id, memberId: john.id })

  await expect
    .poll(async () => {
      const { items } = await ben.call(feedEndpoints.list, {}, { after: cursor })
      return items.map(({ type }) => type)
    })
    .toEqual(expect.arrayContaining(['member.removed', 'message.created', 'group.changed']))
})

test('deleting a contact takes them out of their groups, which is announced', async ({ admin }) => {
  const group = await makeGroup(admin)
  const add = (name: string, phone: string) =>
    admin.call(groupEndpoints.addMember, { id: group.id }, { name, phone })
  const john = await add('John', '+12065550101')
  await add('Mary', '+12065550102')
  await admin.call(contactEndpoints.remove, { id: john.contactId ?? '' })
  const members = await admin.call(groupEndpoints.members, { id: group.id })
  const log = await admin.call(messageEndpoints.list, { id: group.id })

  expect(members.items.map(({ name }) => name)).toEqual(['Mary'])
  expect(log.items[0]?.body).toBe('John has left the group')
})

test('a new number goes along to the groups a contact is in', async ({ admin }) => {
  const group = await makeGroup(admin)
  const john = await admin.call(
    groupEndpoints.addMember,
    { id: group.id },
    { name: 'John', phone: '+12065550101' },
  )
  await admin.call(contactEndpoints.change, { id: john.contactId ?? '' }, { phone: '+12065550109' })
  const members = await admin.call(groupEndpoints.members, { id: group.id })

  expect(members.items.map(({ address }) => address)).toEqual(['+12065550109'])
})
