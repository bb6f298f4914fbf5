import { ensureFirstAdmin, createSetupLink } from '@partyline/api/first-admin'
import { sessionEndpoints, setupEndpoints, userEndpoints } from '@partyline/contracts/api/session'
import { sql } from 'drizzle-orm'
import { expect } from 'vitest'
import { writtenBy } from './audit-rows.ts'
import { password, publicUrl } from './client.ts'
import { test } from './running-api.ts'

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
