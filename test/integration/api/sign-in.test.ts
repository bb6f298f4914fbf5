import { createHash } from 'node:crypto'
import { sessions, users as userTable } from '@partyline/db/schema/users'
import { eq, sql } from 'drizzle-orm'
import { expect } from 'vitest'
import { Client, password } from './client.ts'
import { runApi, test } from './running-api.ts'

test('S14 S16: signing in sets an HttpOnly SameSite=Lax cookie of 256 bits, of which only a hash is stored', async ({
  stack,
  nobody,
  users,
}) => {
  const client = nobody()
  const answer = await client.signIn('ANA@example.com')

  expect(answer.status).toBe(200)
  expect(await client.whoAmI()).toEqual({
    ...{ id: users.ana, email: 'ana@example.com', name: 'Ana', role: 'agent', disabled: false },
  })
  const cookie = String(answer.headers['set-cookie'])
  expect(cookie).toMatch(/^partyline=[\w-]{43}; Max-Age=604800; Path=\/; HttpOnly; SameSite=Lax$/)
  const token = /=([\w-]+);/.exec(cookie)?.[1] ?? ''
  const [row] = await stack.db.select().from(sessions)
  expect(row?.tokenHash).toEqual(createHash('sha256').update(token).digest())
  expect(JSON.stringify(row)).not.toContain(token)
})

test('S16: over https the cookie is Secure and has the __Host- prefix', async ({
  stack,
  users,
}) => {
  await using running = runApi(stack, { publicUrl: 'https://texts.example.com' })
  const client = new Client(running.http)

  const answer = await client.ask(
    ...(['POST', '/api/session', { email: 'ana@example.com', password }] as const),
    { origin: 'https://texts.example.com' },
  )

  expect(users.ana).not.toBe('')
  expect(answer.headers['set-cookie']).toMatch(/^__Host-partyline=.*; Path=\/; .*; Secure$/)
})

test('S12: an unknown user, a wrong password and a disabled user get the same answer', async ({
  stack,
  nobody,
  users,
}) => {
  await stack.db
    .update(userTable)
    .set({ disabledAt: sql`now()` })
    .where(eq(userTable.id, users.ben))
  const answers = [
    await nobody().signIn('nobody@example.com'),
    await nobody().signIn('ana@example.com', 'wrong password'),
    await nobody().signIn('ben@example.com'),
  ].map(({ status, code, message }) => ({ status, code, message }))

  expect(answers[0]).toMatchObject({ status: 401, code: 'wrong_credentials' })
  expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
})

test('S12: an unknown user takes as long as a wrong password', async ({ nobody, users }) => {
  expect(users.ana).not.toBe('')
  const times: Record<string, number[]> = { ana: [], stranger: [] }
  for (let round = 0; round < 8; round += 1) {
    for (const name of ['ana', 'stranger']) {
      const client = nobody()
      client.ip = `198.51.100.${round}`
      const start = performance.now()
      await client.signIn(`${name}@example.com`, 'wrong password')
      times[name]?.push(performance.now() - start)
    }
  }
  // Without the hash it would be a twentieth; the room is for what else the machine does meanwhile.
  const known = Math.min(...(times['ana'] ?? []))
  const unknown = Math.min(...(times['stranger'] ?? []))

  expect(unknown / known).toBeGreaterThan(0.3)
  expect(unknown / known).toBeLessThan(3)
})

test('S15: signing in gives a new session and ends the one the browser brought', async ({
  nobody,
  ana,
}) => {
  const before = ana.cookie
  await ana.signIn('ana@example.com')
  const old = nobody()
  old.cookie = before

  expect(ana.cookie).not.toBe(before)
  expect((await old.get('/api/session')).status).toBe(401)
  expect((await ana.get('/api/session')).status).toBe(200)
})

test('S15: a session id that the browser chose itself is not taken over', async ({
  nobody,
  users,
}) => {
  const client = nobody()
  client.cookie = `partyline=${'a'.repeat(43)}`
  await client.signIn('ana@example.com')

  expect(users.ana).not.toBe('')
  expect(client.cookie).not.toContain('aaaa')
})
