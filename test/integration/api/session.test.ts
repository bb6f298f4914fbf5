import { sessionEndpoints, tokenEndpoints, userEndpoints } from '@partyline/contracts/api/session'
import { sessions } from '@partyline/db/schema/users'
import { sql } from 'drizzle-orm'
import { expect } from 'vitest'
import { test } from './running-api.ts'

test('S17 E1: signing out ends the session on the server', async ({ ana, nobody }) => {
  const copy = nobody()
  copy.cookie = ana.cookie
  expect((await ana.try(sessionEndpoints.remove)).status).toBe(200)

  expect((await copy.get('/api/session')).status).toBe(401)
})

test('S17: a session ends 12 hours after it was last used, and 7 days after it began', async ({
  stack,
  ana,
  ben,
}) => {
  await stack.db.execute(sql`
    update sessions set last_seen_at = now() - interval '12 hours 1 minute'
    where user_id = (select id from users where name = 'Ana')`)
  await stack.db.execute(sql`
    update sessions set expires_at = now() - interval '1 second'
    where user_id = (select id from users where name = 'Ben')`)

  expect((await ana.get('/api/session')).status).toBe(401)
  expect((await ben.get('/api/session')).status).toBe(401)
})

test('a session that is used stays alive, and is written at most once a minute', async ({
  stack,
  ana,
}) => {
  const seen = async () => (await stack.db.select().from(sessions))[0]?.lastSeenAt
  const first = await seen()
  await ana.get('/api/session')
  expect(await seen()).toEqual(first)

  await stack.db.execute(sql`update sessions set last_seen_at = now() - interval '11 hours'`)
  await ana.get('/api/session')
  expect(Date.now() - Number(await seen())).toBeLessThan(60_000)
})

test('S17: disabling a user ends their sessions and API tokens at once', async ({
  admin,
  ana,
  users,
  nobody,
}) => {
  const { token } = await ana.call(tokenEndpoints.create, {}, { name: 'script' })
  await admin.call(userEndpoints.change, { id: users.ana }, { disabled: true })
  const bearer = await nobody().ask('GET', '/api/session', undefined, {
    authorization: `Bearer ${token}`,
  })

  expect((await ana.get('/api/session')).status).toBe(401)
  expect(bearer.status).toBe(401)
})

test('S18: a new password ends the sessions of that user, and the old one no longer works', async ({
  admin,
  ana,
  nobody,
  users,
}) => {
  await admin.call(userEndpoints.change, { id: users.ana }, { password: 'an entirely new one' })

  expect((await ana.get('/api/session')).status).toBe(401)
  expect((await nobody().signIn('ana@example.com')).status).toBe(401)
  expect((await nobody().signIn('ana@example.com', 'an entirely new one')).status).toBe(200)
})

test('S18: a user sees where they are signed in and signs out elsewhere, but not others', async ({
  ana,
  ben,
  nobody,
}) => {
  const phone = nobody()
  await phone.signIn('ana@example.com')
  const list = (await ana.call(sessionEndpoints.list)).items
  const id = list.find((session) => !session.current)?.id ?? ''

  expect(list).toHaveLength(2)
  expect((await ben.try(sessionEndpoints.revoke, { id })).status).toBe(404)
  expect((await ana.try(sessionEndpoints.revoke, { id })).status).toBe(200)
  expect((await phone.get('/api/session')).status).toBe(401)
  expect((await ana.get('/api/session')).status).toBe(200)
})
