import { conversationEndpoints } from '@partyline/contracts/api/conversations'
import { messageEndpoints } from '@partyline/contracts/api/messages'
import { expect } from 'vitest'
import { conversationNames, openConversation } from './conversation-steps.ts'
import { makeLine, test } from './running-api.ts'

test('B44 B22: compose takes a number in any spelling and opens one conversation with nothing unread', async ({
  admin,
}) => {
  const line = await makeLine(admin)
  const first = await openConversation(admin, line.id, '(206) 555-1212')
  const second = await openConversation(admin, line.id, '+12065551212')

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
  const sms = await openConversation(admin, line.id, '+12065551212')

  expect(sms.name).toBe('(206) 555-1212')
  expect((await openConversation(admin, line.id, '+442079460958')).name).toBe('+44 20 7946 0958')
  expect(await openConversation(admin, whatsapp.id, '+12065551212')).toMatchObject({
    ...{ name: '(206) 555-1212', address: 'whatsapp:+12065551212', channel: 'whatsapp' },
  })
  expect(await openConversation(admin, page.id, 'messenger:4711')).toMatchObject({
    ...{ name: '4711', channel: 'messenger' },
  })
  const renamed = await admin.call(conversationEndpoints.change, { id: sms.id }, { name: 'Ann' })
  expect(renamed.name).toBe('Ann')
})

test('B20: times are ISO 8601 UTC with milliseconds', async ({ admin }) => {
  const line = await makeLine(admin)
  const conversation = await openConversation(admin, line.id, '+12065551212')

  expect(conversation.lastMessageAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
  expect(line.createdAt).toMatch(/\.\d{3}Z$/)
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
  expect(await conversationNames(admin)).toEqual([])
  expect(await conversationNames(ben)).toEqual(['Shift'])
  expect((await ben.try(conversationEndpoints.remove, { id: web.id })).status).toBe(403)
})
