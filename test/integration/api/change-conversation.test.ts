import { contactEndpoints } from '@partyline/contracts/api/contacts'
import { conversationEndpoints } from '@partyline/contracts/api/conversations'
import { feedEndpoints } from '@partyline/contracts/feed'
import { expect } from 'vitest'
import { openConversation } from './conversation-steps.ts'
import { givenText } from './given-text.ts'
import { makeLine, test } from './running-api.ts'

test('B45: renaming renames the contact, tells all their conversations, and keeps the place in the list', async ({
  stack,
  admin,
  ben,
}) => {
  const [one, two] = [await makeLine(admin), await makeLine(admin, { address: '+15550100002' })]
  const first = await givenText(stack, one.id, '+12065551212')
  const second = await givenText(stack, two.id, '+12065551212')
  await givenText(stack, one.id, '+12065559999')
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

test('B25 B49: each text in counts one unread, and reading sets none for everybody', async ({
  stack,
  admin,
  ben,
}) => {
  const line = await makeLine(admin)
  const id = await givenText(stack, line.id, '+12065550001')
  await givenText(stack, line.id, '+12065550001')
  expect((await admin.call(conversationEndpoints.get, { id })).unread).toBe(2)

  await admin.call(conversationEndpoints.change, { id }, { read: true })
  expect((await ben.call(conversationEndpoints.get, { id })).unread).toBe(0)
  await givenText(stack, line.id, '+12065550001')
  expect((await ben.call(conversationEndpoints.get, { id })).unread).toBe(1)
})

test('a conversation can be assigned to a user who can work, and to nobody', async ({
  admin,
  users,
}) => {
  const { id } = await openConversation(admin, (await makeLine(admin)).id, '+12065551212')
  const change = (assigneeId: string | null) =>
    admin.try(conversationEndpoints.change, { id }, { assigneeId })

  expect((await change(users.ben)).status).toBe(200)
  expect((await admin.call(conversationEndpoints.get, { id })).assigneeId).toBe(users.ben)
  expect((await change('01890000-0000-7000-8000-000000000000')).status).toBe(400)
  expect((await change(null)).status).toBe(200)
})
