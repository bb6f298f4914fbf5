import { randomUUID } from 'node:crypto'
import { contactEndpoints } from '@partyline/contracts/api/contacts'
import { conversationEndpoints } from '@partyline/contracts/api/conversations'
import { messageEndpoints } from '@partyline/contracts/api/messages'
import { noteEndpoints } from '@partyline/contracts/api/notes'
import { sql } from 'drizzle-orm'
import type { Stack } from '../../support/stack.ts'
import type { Client } from './client.ts'
import { makeLine } from './running-api.ts'
import { png, uploaded } from './uploads.ts'

const inAnHour = () => new Date(Date.now() + 3_600_000).toISOString()

/** Everything there is of one private conversation of Ana's. */
export async function makePrivate(stack: Stack, admin: Client, ana: Client) {
  const line = await makeLine(admin)
  const adding = { lineId: line.id, private: true }
  const contact = await ana.call(
    contactEndpoints.create,
    {},
    { ...adding, name: 'Secret Sam', phone: '+12065551212' },
  )
  const id = contact.conversationId ?? ''
  const media = await uploaded(ana, png)
  const message = await ana.call(
    messageEndpoints.send,
    { id },
    { body: 'psst', clientKey: 'k1', mediaIds: [media.id] },
  )
  const later = { body: 'psst later', clientKey: 'k3', sendAt: inAnHour() }
  const scheduled = await ana.call(messageEndpoints.send, { id }, later)
  await ana.call(noteEndpoints.write, { id }, { body: 'psst among us', clientKey: 'k4' })
  const other = await ana.call(
    contactEndpoints.create,
    {},
    { ...adding, name: 'Secret Sue', phone: '+12065551213' },
  )
  const merging = { contactId: other.id }
  const { mergeId } = await ana.call(contactEndpoints.merge, { id: contact.id }, merging)
  const importId = randomUUID()
  const contacts = [{ name: 'Secret Sid', phone: '+12065551214' }]
  await ana.call(contactEndpoints.import, {}, { contacts, importId })
  await stack.db.execute(sql`update deliveries set state = 'failed'`)
  await stack.db.execute(sql`update conversations set waiting_since = now()`)
  return {
    ...{ line, contact, id, media, message, scheduled, mergeId, importId },
    deliveryId: message.delivery?.id ?? '',
  }
}

/** A conversation between users in which Ana is alone. */
export async function makeStaffRoom(ana: Client) {
  const { id } = await ana.call(
    conversationEndpoints.create,
    {},
    { name: 'Secret staff', userIds: [] },
  )
  const message = await ana.call(messageEndpoints.send, { id }, { body: 'psst', clientKey: 'k5' })
  return { id, message }
}
