import { groupEndpoints } from '@partyline/contracts/api/groups'
import { messageEndpoints } from '@partyline/contracts/api/messages'
import { expect } from 'vitest'
import { listMessages, recipientsOf } from './message-steps.ts'
import { makeGroup, makeMember, test } from './running-api.ts'

test('A16 A17 A18 A20: joining is announced by Admin to all members, the new one included, and is in the log', async ({
  admin,
}) => {
  const group = await makeGroup(admin)
  await makeMember(admin, group.id, 'John', '+12065550101')
  await makeMember(admin, group.id, 'Mary', '+12065550102')
  const [latest, first] = await listMessages(admin, group.id)

  expect(latest).toMatchObject({
    ...{ kind: 'announcement', direction: 'outbound', body: 'Mary has joined the group' },
    ...{ origin: null, twilioSid: null },
    author: { kind: 'system', id: null, name: 'Admin', address: null },
  })
  expect(await recipientsOf(admin, latest)).toEqual(['+12065550101', '+12065550102'])
  expect(await recipientsOf(admin, first)).toEqual(['+12065550101'])
})

test('A19 A20 A28: leaving is announced to those who remain, and the member is gone at once', async ({
  admin,
}) => {
  const group = await makeGroup(admin)
  const john = await makeMember(admin, group.id, 'John', '+12065550101')
  await makeMember(admin, group.id, 'Mary', '+12065550102')
  await admin.call(groupEndpoints.removeMember, { id: group.id, memberId: john.id })
  const [latest] = await listMessages(admin, group.id)

  expect(latest).toMatchObject({ kind: 'announcement', body: 'John has left the group' })
  expect(await recipientsOf(admin, latest)).toEqual(['+12065550102'])
  const listed = await admin.call(groupEndpoints.members, { id: group.id })
  expect(listed.items.map(({ name }) => name)).toEqual(['Mary'])
  const again = await admin.try(groupEndpoints.removeMember, { id: group.id, memberId: john.id })
  expect(again.status).toBe(404)
})

test('with announcing switched off nobody is told', async ({ admin }) => {
  const group = await makeGroup(admin)
  await admin.call(groupEndpoints.change, { id: group.id }, { announce: false })
  await makeMember(admin, group.id, 'John', '+12065550101')

  expect(await listMessages(admin, group.id)).toEqual([])
})

test('A34 A14: a text from the web is by Admin and goes to every member', async ({
  admin,
  ana,
}) => {
  const group = await makeGroup(admin)
  await makeMember(admin, group.id, 'John', '+12065550101')
  await makeMember(admin, group.id, 'Mary', '+12065550102')
  const sent = await ana.call(
    messageEndpoints.send,
    { id: group.id },
    { body: 'Lunch is ready', clientKey: 'k1' },
  )

  expect(sent).toMatchObject({
    author: { kind: 'user', name: 'Admin', address: null },
    deliveries: { total: 2, queued: 2 },
  })
  expect(await recipientsOf(admin, sent)).toEqual(['+12065550101', '+12065550102'])
})

test('the admin name is per group', async ({ admin }) => {
  const group = await makeGroup(admin)
  await admin.call(groupEndpoints.change, { id: group.id }, { adminName: 'Reception' })
  await makeMember(admin, group.id, 'John', '+12065550101')
  const body = { body: 'Hello', clientKey: 'k1' }
  const sent = await admin.call(messageEndpoints.send, { id: group.id }, body)

  expect(sent.author.name).toBe('Reception')
  expect((await listMessages(admin, group.id))[1]?.author.name).toBe('Reception')
})
