import { contactEndpoints } from '@partyline/contracts/api/contacts'
import { conversationEndpoints } from '@partyline/contracts/api/conversations'
import { deadLetterEndpoints } from '@partyline/contracts/api/dead-letters'
import { groupEndpoints } from '@partyline/contracts/api/groups'
import { lineEndpoints } from '@partyline/contracts/api/lines'
import { messageEndpoints } from '@partyline/contracts/api/messages'
import { tokenEndpoints } from '@partyline/contracts/api/session'
import { insertInbox } from '@partyline/db/queries/inbox'
import { deliveries } from '@partyline/db/schema/deliveries'
import { sql } from 'drizzle-orm'
import { expect } from 'vitest'
import { auditRows, writtenBy } from './audit-rows.ts'
import { password } from './client.ts'
import { makeDirect } from './conversation-steps.ts'
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
  const member = await makeMember(admin, group.id, 'Ben', '+14155550102')
  const params = { id: group.id, memberId: member.id }
  await admin.call(groupEndpoints.removeMember, params)
  await admin.call(contactEndpoints.remove, { id: member.contactId ?? '' })
  await admin.call(conversationEndpoints.remove, { id: group.id })

  const written = (await auditRows(db)).slice(found.length)

  expect(written.every(({ userId, ip }) => userId === by.userId && ip === by.ip)).toBe(true)
  expect(written.map(({ action, subject, details }) => ({ action, subject, details }))).toEqual([
    { action: 'token.created', subject: token.id, details: {} },
    { action: 'token.revoked', subject: token.id, details: {} },
    { action: 'line.created', subject: line.id, details: { address: line.address, mode: 'inbox' } },
    { action: 'line.changed', subject: line.id, details: { changed: ['autoReply'] } },
    {
      action: 'line.created',
      subject: group.lineId,
      details: { address: group.lineAddress, mode: 'inbox' },
    },
    { action: 'member.added', subject: member.id, details: { groupId: group.id } },
    { action: 'member.removed', subject: member.id, details: { groupId: group.id } },
    { action: 'contact.deleted', subject: member.contactId, details: {} },
    { action: 'conversation.deleted', subject: group.id, details: { kind: 'group' } },
  ])
  const all = JSON.stringify(await auditRows(db))
  for (const secret of [token.token, 'rivate words', password, '+14155550102', 'Ben']) {
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
