import { auditEndpoints } from '@partyline/contracts/api/audit'
import { contactEndpoints } from '@partyline/contracts/api/contacts'
import { conversationEndpoints } from '@partyline/contracts/api/conversations'
import { deadLetterEndpoints } from '@partyline/contracts/api/dead-letters'
import { groupEndpoints } from '@partyline/contracts/api/groups'
import { labelEndpoints } from '@partyline/contracts/api/labels'
import { lineEndpoints } from '@partyline/contracts/api/lines'
import { messageEndpoints } from '@partyline/contracts/api/messages'
import { savedReplyEndpoints } from '@partyline/contracts/api/saved-replies'
import { tokenEndpoints } from '@partyline/contracts/api/session'
import { transcriptPath } from '@partyline/contracts/api/thread'
import { insertInbox } from '@partyline/db/queries/inbox'
import { deliveries } from '@partyline/db/schema/deliveries'
import { sql } from 'drizzle-orm'
import { expect } from 'vitest'
import { auditRows, writtenBy } from './audit-rows.ts'
import { password } from './client.ts'
import { makeDirect, openConversation } from './conversation-steps.ts'
import { makeGroup, makeLine, makeMember, test } from './running-api.ts'

test('S45: API tokens, lines, members, contacts and conversations: each action is one row', async ({
  stack: { db },
  admin,
  users,
}) => {
  const by = { userId: users.admin, ip: admin.ip }
  const found = await auditRows(db)
  const token = await admin.call(tokenEndpoints.create, {}, { name: 'Script' })
  await admin.call(tokenEndpoints.remove, { id: token.id })
  const line = await makeLine(admin, { autoReply: 'Private words' })
  await admin.call(lineEndpoints.change, { id: line.id }, { autoReply: 'Other private words' })
  const group = await makeGroup(admin)
  await admin.call(groupEndpoints.change, { id: group.id }, { name: 'Crew', announce: true })
  const member = await makeMember(admin, group.id, 'Ben', '+14155550102')
  const params = { id: group.id, memberId: member.id }
  await admin.call(groupEndpoints.removeMember, params)
  await admin.call(contactEndpoints.remove, { id: member.contactId ?? '' })
  await admin.call(conversationEndpoints.remove, { id: group.id })

  const written = (await auditRows(db)).slice(found.length)

  expect(written.every(({ userId, ip }) => userId === by.userId && ip === by.ip)).toBe(true)
  expect(written.map(({ action, subject, details }) => ({ action, subject, details }))).toEqual([
    { action: 'token.created', subject: token.id, details: {} },
    { action: 'token.revoked', subject: token.id, details: { name: 'Script' } },
    { action: 'line.created', subject: line.id, details: { address: line.address, mode: 'inbox' } },
    { action: 'line.changed', subject: line.id, details: { changed: ['autoReply'] } },
    {
      action: 'line.created',
      subject: group.lineId,
      details: { address: group.lineAddress, mode: 'inbox' },
    },
    { action: 'group.created', subject: group.id, details: {} },
    { action: 'group.changed', subject: group.id, details: { changed: ['name'] } },
    { action: 'member.added', subject: member.id, details: { groupId: group.id } },
    {
      action: 'member.removed',
      subject: member.id,
      details: { groupId: group.id, name: 'Ben' },
    },
    { action: 'contact.deleted', subject: member.contactId, details: { name: 'Ben' } },
    { action: 'conversation.deleted', subject: group.id, details: { kind: 'group', name: 'Crew' } },
  ])
  const all = JSON.stringify(await auditRows(db))
  for (const secret of [token.token, 'rivate words', password, '4155550102']) {
    expect(all).not.toContain(secret)
  }
})

test('S45: a delivery that is sent again and a dead letter that is replayed are written down once', async ({
  stack: { db },
  admin,
  ana,
  users,
}) => {
  const { id } = await makeDirect(admin)
  const { delivery } = await ana.call(messageEndpoints.send, { id }, { body: 'Hi', clientKey: 'k' })
  await db.update(deliveries).set({ state: 'failed' })
  const retry = () => ana.try(messageEndpoints.retry, { id: delivery?.id ?? '' })
  const sid = `SM${'1'.repeat(32)}`
  const text = { params: { MessageSid: sid }, receivedAt: new Date().toISOString() }
  await insertInbox(db, [text], 'webhook')
  await db.execute(sql`update inbox set attempts = 10`)
  const replay = () => admin.try(deadLetterEndpoints.replay, { sid })

  const written = await writtenBy(db, () => Promise.all([retry(), retry(), replay(), replay()]))

  const key = ({ action, userId, subject }: (typeof written)[number]) => [action, userId, subject]
  expect(written.map(key).toSorted()).toEqual([
    ['dead_letter.replayed', users.admin, sid],
    ['delivery.retried', users.ana, delivery?.id],
  ])
})

test('S45: what is taken out as a file is written down; of what is deleted the name is kept, but of nobody who is somebody’s own', async ({
  stack: { db },
  admin,
  ana,
}) => {
  const line = await makeLine(admin)
  const label = await ana.call(labelEndpoints.create, {}, { name: 'Urgent', color: 'red' })
  const reply = await ana.call(savedReplyEndpoints.create, {}, { name: 'Hi', body: 'Hello' })
  const unnamed = await openConversation(ana, line.id, '+12065550101')
  const add = (given: object) =>
    ana.call(contactEndpoints.create, {}, { lineId: line.id, ...given })
  const bo = await add({ name: 'Bo', phone: '+12065550102' })
  const bob = await add({ name: 'Bob', phone: '+12065550103' })
  const secret = await add({ name: 'Sam', phone: '+12065550104', private: true })

  await ana.call(contactEndpoints.merge, { id: bo.id }, { contactId: bob.id })
  const written = await writtenBy(db, async () => {
    await ana.get('/api/contacts/export')
    await ana.get(transcriptPath(unnamed.id, 'json'))
    await ana.call(labelEndpoints.remove, { id: label.id })
    await ana.call(savedReplyEndpoints.remove, { id: reply.id })
    await ana.call(conversationEndpoints.remove, { id: unnamed.id })
    await ana.call(conversationEndpoints.remove, { id: secret.conversationId ?? '' })
    await ana.call(contactEndpoints.remove, { id: secret.id })
  })
  expect(written.map(({ action, details }) => [action, details])).toEqual([
    ['contacts.exported', { format: 'csv' }],
    ['conversation.exported', { format: 'json' }],
    ['label.deleted', { name: 'Urgent' }],
    ['saved_reply.deleted', { name: 'Hi' }],
    ['conversation.deleted', { kind: 'direct', name: '•••0101' }],
    ['conversation.deleted', { kind: 'direct' }],
    ['contact.deleted', {}],
  ])
  const { items } = await admin.call(auditEndpoints.list)
  expect(items.find(({ action }) => action === 'contact.merged')?.names).toEqual({
    [bo.id]: 'Bo',
    [bob.id]: 'Bob',
  })
  expect(items.find(({ action }) => action === 'label.deleted')?.names).toEqual({
    [label.id]: 'Urgent',
  })
})
