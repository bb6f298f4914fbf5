import { contactEndpoints } from '@partyline/contracts/api/contacts'
import { conversationEndpoints } from '@partyline/contracts/api/conversations'
import { messageEndpoints } from '@partyline/contracts/api/messages'
import { expect } from 'vitest'
import { openConversation } from './conversation-steps.ts'
import { makePrivate } from './private-things.ts'
import { makeLine, test } from './running-api.ts'
import { png, uploaded } from './uploads.ts'

test('E8: a number in somebody’s private conversation is taken on that line, and told so without its name', async ({
  stack,
  admin,
  ana,
  ben,
}) => {
  const { line } = await makePrivate(stack, admin, ana)
  const opening = await ben.try(
    conversationEndpoints.create,
    {},
    { lineId: line.id, address: '+12065551212' },
  )
  const adding = await ben.try(
    contactEndpoints.create,
    {},
    { name: 'Sam', phone: '+12065551212', lineId: line.id },
  )

  expect([opening.code, adding.code]).toEqual(['already_exists', 'already_exists'])
  expect(opening.text + adding.text).not.toContain('Secret Sam')
})

test('a contact with somebody’s private conversation cannot be deleted by others, even when they know them', async ({
  stack,
  admin,
  ana,
  ben,
}) => {
  const { contact } = await makePrivate(stack, admin, ana)
  const other = await makeLine(admin, { address: '+15550100002' })
  await openConversation(ben, other.id, '+12065551212')
  const answer = await ben.try(contactEndpoints.remove, { id: contact.id })
  const seen = await ben.call(contactEndpoints.get, { id: contact.id })

  expect([answer.status, answer.code]).toEqual([403, 'not_allowed'])
  expect(seen.conversationId).not.toBe(contact.conversationId)
})

test('a file that is uploaded and not sent is its uploader’s only, to see and to send', async ({
  admin,
  ana,
  ben,
}) => {
  const line = await makeLine(admin)
  const { id } = await openConversation(ben, line.id, '+12065551212')
  const media = await uploaded(ana, png)
  const stolen = await ben.try(
    messageEndpoints.send,
    { id },
    { body: '', clientKey: 'k', mediaIds: [media.id] },
  )

  expect((await ben.get(`/api/media/${media.id}`)).status).toBe(404)
  expect(stolen.status).toBe(400)
  expect((await ben.call(messageEndpoints.list, { id })).items).toEqual([])
  expect((await ana.get(`/api/media/${media.id}`)).status).toBe(200)
})
