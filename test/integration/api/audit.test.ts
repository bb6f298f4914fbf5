import { ensureFirstAdmin, createSetupLink } from '@partyline/api/first-admin'
import { type AuditAction, auditEndpoints } from '@partyline/contracts/api/audit'
import { contactEndpoints } from '@partyline/contracts/api/contacts'
import { conversationEndpoints } from '@partyline/contracts/api/conversations'
import { deadLetterEndpoints } from '@partyline/contracts/api/dead-letters'
import { groupEndpoints } from '@partyline/contracts/api/groups'
import { lineEndpoints } from '@partyline/contracts/api/lines'
import { messageEndpoints } from '@partyline/contracts/api/messages'
import {
  sessionEndpoints,
  setupEndpoints,
  tokenEndpoints,
  userEndpoints,
} from '@partyline/contracts/api/session'
import type { Db } from '@partyline/db/client'
import { insertInbox } from '@partyline/db/queries/inbox'
import { audit } from '@partyline/db/schema/audit'
import { deliveries } from '@partyline/db/schema/deliveries'
import { lines } from '@partyline/db/schema/lines'
import { sessions } from '@partyline/db/schema/users'
import { asc, sql } from 'drizzle-orm'
import { expect } from 'vitest'
import type { z } from 'zod'
import { password, publicUrl } from './client.ts'
import { makeGroup, makeLine, test } from './running-api.ts'

type Page = z.output<(typeof auditEndpoints)['list']['reply']>

const rows = (db: Db) => db.select().from(audit).orderBy(asc(audit.id))

/** What is written down while something is done. */
async function writtenBy(db: Db, act: () => Promise<unknown>) {
  const before = await db.$count(audit)
  await act()
  return (await rows(db)).slice(before)
}

test('S45: sign-ins good and bad, sign-outs and ended sessions are written down, each once', async ({
  stack: { db },
  users,
  nobody,
}) => {
  const client = nobody()
  const by = { userId: users.ana, ip: client.ip }
  const email = 'ana@example.com'

  expect(await writtenBy(db, () => client.signIn(email))).toMatchObject([
    { action: 'session.started', ...by, subject: expect.any(String) as string },
  ])
  expect(await writtenBy(db, () => nobody().signIn(email, 'wrong password'))).toMatchObject([
    { action: 'session.refused', ...by, subject: null, details: {} },
  ])
  const typo = 'my secret pass phrase'
  expect(await writtenBy(db, () => nobody().signIn(typo, typo))).toMatchObject([
    { action: 'session.refused', userId: null, ip: client.ip, subject: null, details: {} },
  ])
  const other = nobody()
  await other.signIn(email)
  const { items } = await client.call(sessionEndpoints.list)
  const id = items.find(({ current }) => !current)?.id ?? ''
  expect(await writtenBy(db, () => client.call(sessionEndpoints.revoke, { id }))).toMatchObject([
    { action: 'session.ended', ...by, subject: id },
  ])
  expect(await writtenBy(db, () => client.call(sessionEndpoints.remove))).toMatchObject([
    { action: 'session.ended', ...by },
  ])
  expect(await writtenBy(db, () => client.try(sessionEndpoints.remove))).toEqual([])
})

test('S45: what is done to users is written down, a row for each thing that changed', async ({
  stack: { db },
  admin,
  users,
}) => {
  const by = { userId: users.admin, ip: admin.ip }
  const change = (given: object) =>
    writtenBy(db, () => admin.call(userEndpoints.change, { id: users.ana }, given))
  const about = { ...by, subject: users.ana }

  const dan = { email: 'dan@example.com', name: 'Dan', password }
  expect(await writtenBy(db, () => admin.call(userEndpoints.create, {}, dan))).toMatchObject([
    { action: 'user.created', ...by, details: { role: 'agent' } },
  ])
  expect(await change({ role: 'admin' })).toMatchObject([
    { action: 'user.role_changed', ...about, details: { from: 'agent', to: 'admin' } },
  ])
  expect(await change({ role: 'admin', name: 'Ana' })).toEqual([])
  expect(await change({ password: `${password}!` })).toMatchObject([
    { action: 'user.password_changed', ...about, details: {} },
  ])
  expect(await change({ name: 'Anna', disabled: true })).toMatchObject([
    { action: 'user.renamed', ...about },
    { action: 'user.disabled', ...about },
  ])
  expect(await change({ disabled: false })).toMatchObject([{ action: 'user.enabled', ...about }])
  expect(
    await writtenBy(db, () => admin.try(userEndpoints.create, {}, dan)),
    'an action that was refused',
  ).toEqual([])
})

test('S45: the first admin is written down, by whichever way they came', async ({
  stack: { db },
  nobody,
}) => {
  const token = new URL((await createSetupLink(db, publicUrl)) ?? '').searchParams.get('token')
  const first = { email: 'first@example.com', name: 'First', password }
  const client = nobody()

  const acts = await writtenBy(db, () =>
    client.call(setupEndpoints.create, {}, { token, ...first }),
  )
  const { id: userId } = await client.whoAmI()

  expect(acts).toMatchObject([
    { action: 'user.created', userId, subject: userId, details: { by: 'set-up link' } },
    { action: 'session.started', userId },
  ])
  await db.execute(sql`delete from users`)
  expect(await writtenBy(db, () => ensureFirstAdmin(db, first))).toMatchObject([
    { action: 'user.created', userId: null, details: { role: 'admin', by: 'environment' } },
  ])
})

test('S45: API tokens, lines, members, contacts and conversations: each action is one row', async ({
  stack: { db },
  admin,
  users,
}) => {
  const by = { userId: users.admin, ip: admin.ip }
  const found = await rows(db)
  const token = await admin.call(tokenEndpoints.create, {}, { name: 'Script' })
  await admin.call(tokenEndpoints.remove, { id: token.id })
  const line = await makeLine(admin, { autoReply: 'Private words' })
  await admin.call(lineEndpoints.change, { id: line.id }, { autoReply: 'Other private words' })
  const group = await makeGroup(admin)
  const member = await admin.call(
    groupEndpoints.addMember,
    { id: group.id },
    { name: 'Ben', phone: '+14155550102' },
  )
  const params = { id: group.id, memberId: member.id }
  await admin.call(groupEndpoints.removeMember, params)
  await admin.call(contactEndpoints.remove, { id: member.contactId ?? '' })
  await admin.call(conversationEndpoints.remove, { id: group.id })

  const written = (await rows(db)).slice(found.length)

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
  const all = JSON.stringify(await rows(db))
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
  const { id: lineId } = await makeLine(admin)
  const given = { lineId, address: '+12065551212' }
  const { id } = await ana.call(conversationEndpoints.create, {}, given)
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

test('S45: what cannot be written down is not done', async ({ stack: { db }, admin, nobody }) => {
  const line = await makeLine(admin)
  await db.execute(sql`
    create function refuse() returns trigger language plpgsql as
      $$ begin raise exception 'no room for this'; end $$
  `)
  await db.execute(
    sql`create trigger refuse before insert on audit for each row execute function refuse()`,
  )
  const count = await db.$count(sessions)

  const answers = [
    await admin.try(lineEndpoints.change, { id: line.id }, { name: 'Other' }),
    await nobody().signIn('ana@example.com'),
  ]

  expect(answers.map(({ status }) => status)).toEqual([500, 500])
  expect(await db.select({ name: lines.name }).from(lines)).toEqual([{ name: 'Main' }])
  expect(await db.$count(sessions)).toBe(count)
})

test('S45: what is written down can be neither changed nor removed, by nobody', async ({
  stack: { db },
  admin,
}) => {
  await admin.call(tokenEndpoints.create, {}, { name: 'Script' })
  const before = await rows(db)

  const attempts = [
    sql`update audit set ip = '203.0.113.9'`,
    sql`update audit set action = action where false`,
    sql`delete from audit`,
    sql`truncate audit`,
    sql`delete from users`,
  ].map((statement) => db.execute(statement).then(() => 'done', reasonOf))

  expect(await Promise.all(attempts)).toEqual([
    ...['UPDATE', 'UPDATE', 'DELETE', 'TRUNCATE'].map(
      (what) => `audit is append-only: ${what} is refused`,
    ),
    'done',
  ])
  expect(await rows(db)).toEqual(before)
})

const reasonOf = ({ cause }: { cause: Error }) => cause.message

test('S45: administrators read it newest first, in pages, by user and by action', async ({
  stack: { db },
  admin,
  ana,
  users,
}) => {
  for (let n = 0; n < 7; n += 1) await ana.call(tokenEndpoints.create, {}, { name: `Script ${n}` })
  const all = (await rows(db)).toReversed()
  const seen: string[] = []
  let cursor: string | undefined
  do {
    const query: object = { limit: 3, ...(cursor && { cursor }) }
    const reply: Page = await admin.call(auditEndpoints.list, {}, query)
    expect(reply.items.length).toBeLessThanOrEqual(3)
    seen.push(...reply.items.map(({ id }) => id))
    cursor = reply.nextCursor ?? undefined
  } while (cursor !== undefined)

  expect(seen).toEqual(all.map(({ id }) => id))
  const list = async (query: { userId?: string; action?: AuditAction }) =>
    (await admin.call(auditEndpoints.list, {}, query)).items
  const made = await list({ userId: users.ana, action: 'token.created' })
  expect(made).toHaveLength(7)
  expect(made[0]).toMatchObject({ user: { id: users.ana, name: 'Ana' }, ip: ana.ip })
  expect(await list({ userId: users.admin, action: 'token.created' })).toEqual([])
  expect(await list({ userId: users.ben })).toEqual([])
  expect((await admin.try(auditEndpoints.list, {}, { action: 'made up' })).status).toBe(400)
  expect((await admin.try(auditEndpoints.list, {}, { cursor: 'x' })).status).toBe(400)
  expect((await ana.try(auditEndpoints.list)).status).toBe(403)
})
