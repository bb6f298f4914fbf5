import { sessionEndpoints, tokenEndpoints } from '@partyline/contracts/api/session'
import { sessions } from '@partyline/db/schema/users'
import { sql } from 'drizzle-orm'
import { expect } from 'vitest'
import type { Stack } from '../../support/stack.ts'
import { auditRows } from './audit-rows.ts'
import { type Client, password } from './client.ts'
import { runApi, test } from './running-api.ts'

/** As if everybody had signed in a little longer ago than that. */
const age = ({ db }: Stack) =>
  db.update(sessions).set({ provedAt: sql`now() - interval '15 minutes 1 second'` })

const prove = (client: Client, given = password) =>
  client.try(sessionEndpoints.prove, {}, { password: given })

const dana = { email: 'dana@example.com', name: 'Dana', password: 'wholly new to everybody' }
const number = `PN${'0'.repeat(32)}`

/** All that asks for a password given lately, with what it answers then. */
const guarded = (anaId: string) => ({
  'GET /api/session/proof': { url: '/api/session/proof', status: 200 },
  'GET /api/contacts/export': { url: '/api/contacts/export', status: 200 },
  'POST /api/tokens': { url: '/api/tokens', body: { name: 'script' }, status: 201 },
  'POST /api/users': { url: '/api/users', body: dana, status: 201 },
  'PATCH /api/users/:id': { url: `/api/users/${anaId}`, body: { role: 'admin' }, status: 200 },
  'POST /api/account/numbers/:sid/connect': {
    ...{ url: `/api/account/numbers/${number}/connect`, body: { name: 'Desk' } },
    // Nobody has it: that is past the door.
    status: 404,
  },
})

test('S20: what hands out rights or takes much away wants a password given within 15 minutes', async ({
  stack,
  admin,
  ana,
  users,
}) => {
  const acts = Object.entries(guarded(users.ana))
  const ask = async () => {
    const answers: { status: number; code: string | undefined }[] = []
    for (const [route, { url, ...given }] of acts) {
      const method = route.split(' ')[0] as 'GET'
      const { status, code } = await admin.ask(
        method,
        url,
        'body' in given ? given.body : undefined,
      )
      answers.push({ status, code })
    }
    return answers
  }
  await age(stack)

  expect(await ask()).toEqual(acts.map(() => ({ status: 403, code: 'reauth' })))
  expect((await admin.get('/api/session/proof')).message).toContain('POST /api/session/proof')
  expect(await admin.whoAmI()).toMatchObject({ name: 'Admin' })
  // What they may not do at all is not offered for a password.
  expect((await ana.ask('POST', '/api/users', dana)).code).toBe('not_allowed')

  expect((await prove(admin)).status).toBe(200)
  expect((await ask()).map(({ status }) => status)).toEqual(acts.map(([, { status }]) => status))
})

test('S20: no other route asks for it, and the description says which do', async ({ stack }) => {
  await using running = runApi(stack)
  const asking: string[] = []
  running.http.addHook('onRoute', ({ method, url, config }) => {
    const { needsProof } = (config ?? {}) as { needsProof?: boolean }
    if (needsProof && method !== 'HEAD') asking.push(`${String(method)} ${url}`)
  })
  await running.api.start()
  const described = JSON.parse((await running.http.inject('/api/openapi.json')).payload) as {
    paths: Record<string, Record<string, { description?: string }>>
  }
  const saying = Object.entries(described.paths).flatMap(([path, methods]) =>
    Object.entries(methods)
      .filter(([, { description }]) => description?.includes('`reauth`'))
      .map(([method]) => `${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`),
  )

  expect(asking.toSorted()).toEqual(Object.keys(guarded('')).toSorted())
  expect(saying.toSorted()).toEqual(asking.toSorted())
})

test('S20: one browser’s proof is not another’s, and a new password is one', async ({
  stack,
  ana,
  nobody,
}) => {
  const phone = nobody()
  await phone.signIn('ana@example.com')
  await age(stack)
  await prove(ana)
  const next = 'a wholly new passphrase'

  expect((await ana.try(sessionEndpoints.proof)).status).toBe(200)
  expect((await phone.try(sessionEndpoints.proof)).code).toBe('reauth')
  await phone.call(sessionEndpoints.change, {}, { password: { present: password, next } })
  expect((await phone.try(sessionEndpoints.proof)).status).toBe(200)
})

test('S20 S11: a wrong password is no proof, is written down, and counts like one at the sign-in', async ({
  stack,
  ana,
  nobody,
  users,
}) => {
  await age(stack)
  const guesses: unknown[] = []
  for (let guess = 0; guess < 6; guess += 1) {
    const { status, code } = await prove(ana, `guess ${guess}`)
    guesses.push({ status, code })
  }

  const wrong = { status: 401, code: 'wrong_credentials' }
  const slowed = { status: 429, code: 'too_many_requests' }
  expect(guesses).toEqual([wrong, wrong, wrong, wrong, wrong, slowed])
  expect((await nobody().signIn('ana@example.com')).status).toBe(429)
  expect((await ana.try(sessionEndpoints.proof)).code).toBe('reauth')
  expect(await ana.whoAmI()).toMatchObject({ name: 'Ana' })

  ana.ip = '198.51.100.7'
  expect((await prove(ana)).status).toBe(200)
  const kept = await auditRows(stack.db)
  const [session] = await stack.db.select().from(sessions)
  const by = { userId: users.ana, subject: session?.id }
  expect(kept.filter(({ action }) => action.startsWith('session.proo'))).toHaveLength(5)
  expect(kept).toContainEqual(expect.objectContaining({ action: 'session.proof_refused', ...by }))
  expect(kept).toContainEqual(
    expect.objectContaining({ action: 'session.proved', ...by, ip: '198.51.100.7' }),
  )
})

test('S20: a script with an API token is not asked, whatever became of the session it was made in', async ({
  stack,
  admin,
  users,
  nobody,
}) => {
  const { token } = await admin.call(tokenEndpoints.create, {}, { name: 'nightly' })
  await age(stack)
  const authorization = `Bearer ${token}`
  const script = nobody()

  for (const [route, { url, status, ...given }] of Object.entries(guarded(users.ana))) {
    const body = 'body' in given ? given.body : undefined
    const answer = await script.ask(route.split(' ')[0] as 'GET', url, body, { authorization })
    expect(answer.status, route).toBe(status)
  }
  const asked = await script.ask('POST', '/api/session/proof', { password }, { authorization })
  expect(asked).toMatchObject({ status: 403, code: 'not_allowed' })
})
