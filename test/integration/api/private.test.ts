import { contactEndpoints } from '@partyline/contracts/api/contacts'
import { conversationEndpoints } from '@partyline/contracts/api/conversations'
import { messageEndpoints } from '@partyline/contracts/api/messages'
import { feedEndpoints } from '@partyline/contracts/feed'
import { sql } from 'drizzle-orm'
import { expect } from 'vitest'
import type { Stack } from '../../support/stack.ts'
import type { Client } from './client.ts'
import { openConversation } from './conversation-steps.ts'
import { makeLine, test } from './running-api.ts'
import { png, uploaded } from './uploads.ts'

/** Everything there is of one private conversation of Ana's. */
async function anasSecret(stack: Stack, admin: Client, ana: Client) {
  const line = await makeLine(admin)
  const contact = await ana.call(
    contactEndpoints.create,
    {},
    { name: 'Secret Sam', phone: '+12065551212', lineId: line.id, private: true },
  )
  const id = contact.conversationId ?? ''
  const media = await uploaded(ana, png)
  const message = await ana.call(
    messageEndpoints.send,
    { id },
    { body: 'psst', clientKey: 'k1', mediaIds: [media.id] },
  )
  const scheduled = await ana.call(
    messageEndpoints.send,
    { id },
    { body: 'later', clientKey: 'k3', sendAt: new Date(Date.now() + 3_600_000).toISOString() },
  )
  await stack.db.execute(sql`update deliveries set state = 'failed'`)
  return { line, contact, id, media, message, scheduled, deliveryId: message.delivery?.id ?? '' }
}

test('E10 S22: every id of a private conversation is 404 for anybody else, administrators too', async ({
  stack,
  admin,
  ana,
  ben,
}) => {
  const secret = await anasSecret(stack, admin, ana)
  const { contact, id, media, message, deliveryId, scheduled } = secret
  const body = { body: 'hello', clientKey: 'k2' }
  for (const [name, other] of Object.entries({ admin, ben })) {
    const answers = {
      conversation: await other.try(conversationEndpoints.get, { id }),
      change: await other.try(conversationEndpoints.change, { id }, { read: true }),
      remove: await other.try(conversationEndpoints.remove, { id }),
      messages: await other.try(messageEndpoints.list, { id }),
      send: await other.try(messageEndpoints.send, { id }, body),
      later: await other.try(messageEndpoints.send, { id }, { ...body, sendAt: scheduled.sendAt }),
      scheduled: await other.try(messageEndpoints.scheduled, { id }),
      cancel: await other.try(messageEndpoints.cancelScheduled, { id: scheduled.id }),
      deliveries: await other.try(messageEndpoints.deliveries, { id: message.id }),
      retry: await other.try(messageEndpoints.retry, { id: deliveryId }),
      media: await other.get(`/api/media/${media.id}`),
      contact: await other.try(contactEndpoints.get, { id: contact.id }),
      rename: await other.try(contactEndpoints.change, { id: contact.id }, { name: 'X' }),
      deletion: await other.try(contactEndpoints.remove, { id: contact.id }),
    }
    for (const [what, { status }] of Object.entries(answers)) {
      expect(status, `${name} ${what}`).toBe(404)
    }
  }
  expect((await ana.call(messageEndpoints.retry, { id: deliveryId })).status).toBe('queued')
  expect((await ana.get(`/api/media/${media.id}`)).bytes).toEqual(png)
})

test('E9 E10: lists, searches and the feed show a private conversation to its owner only', async ({
  stack,
  admin,
  ana,
  ben,
}) => {
  const { cursor } = await ben.call(feedEndpoints.list)
  const { id } = await anasSecret(stack, admin, ana)
  await expect
    .poll(async () => {
      const { items } = await ana.call(feedEndpoints.list, {}, { after: cursor })
      return items.map(({ type }) => type)
    })
    .toContain('message.created')

  const bensFeed = await ben.call(feedEndpoints.list, {}, { after: cursor })
  expect(JSON.stringify(bensFeed)).not.toMatch(/psst|Sam|2065551212/)
  for (const query of [{}, { q: 'Sam' }, { q: '2065551212' }]) {
    for (const [client, count] of [
      [ana, 1],
      [ben, 0],
      [admin, 0],
    ] as const) {
      const conversations = await client.call(conversationEndpoints.list, {}, query)
      const contacts = await client.call(contactEndpoints.list, {}, query)
      expect([conversations.items.length, contacts.items.length]).toEqual([count, count])
    }
  }
  expect((await ana.call(conversationEndpoints.get, { id })).visibility).toBe('private')
})

test('E8: a number in somebody’s private conversation is taken on that line, and told so without its name', async ({
  stack,
  admin,
  ana,
  ben,
}) => {
  const { line } = await anasSecret(stack, admin, ana)
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
  const { contact } = await anasSecret(stack, admin, ana)
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
