import { allEndpoints } from './all-endpoints.ts'
import { expect } from 'vitest'
import { tokenEndpoints, userEndpoints } from '@partyline/contracts/api/session'
import { Client, publicUrl } from './client.ts'
import { runApi, test } from './running-api.ts'

const someId = '01890000-0000-7000-8000-000000000000'
/** The probes are on this port too, and not on the public one. */
const publicRoutes = [
  'DELETE /api/session',
  'GET /api/docs',
  'GET /api/media/link/:token/:fileName',
  'GET /api/openapi.json',
  'GET /api/setup',
  'POST /api/session',
  'POST /api/setup',
]

const fill = (url: string) =>
  url.replace(':token', 'x').replace(':fileName', 'x.png').replaceAll(/:\w+/g, someId)

/** Files, and what describes the rest. */
const outsideContract = [
  ...['/api/contacts/export', '/api/conversations/:id/transcript', '/api/media/:id'],
  ...['/api/media/link/:token/:fileName', '/api/openapi.json'],
].map((path) => `GET ${path}`)

test('S21 E2: every route there is asks for a sign-in, except these', async ({ stack }) => {
  await using running = runApi(stack)
  const routes: { method: string; url: string }[] = []
  running.http.addHook('onRoute', ({ method, url }) => {
    for (const one of [method].flat()) if (one !== 'HEAD') routes.push({ method: one, url })
  })
  await running.api.start()
  const client = new Client(running.http)
  const open: string[] = []
  for (const { method, url } of routes) {
    const answer = await client.ask(method as 'GET', fill(url))
    if (answer.status !== 401) open.push(`${method} ${url}`)
  }

  const ofDocs = (route: string) => route.startsWith('GET /api/docs/')
  const outsideDocs = open
    .filter((route) => !ofDocs(route))
    .map((route) => route.replace(/\/$/, ''))
  expect(new Set(outsideDocs)).toEqual(new Set(publicRoutes))
  // So what walks over the contract walks over everything.
  const known = new Set(allEndpoints.map(({ method, path }) => `${method} ${path}`))
  const beside = routes
    .map(({ method, url }) => `${method} ${url}`)
    .filter((route) => !known.has(route) && !route.startsWith('GET /api/docs'))
  expect(new Set(beside)).toEqual(new Set(outsideContract))
})

test('every endpoint of the contract is served', async ({ http }) => {
  const missing = allEndpoints
    .filter(({ method, path }) => !http.hasRoute({ method, url: path }))
    .map(({ method, path }) => `${method} ${path}`)

  expect(allEndpoints.length).toBeGreaterThanOrEqual(75)
  expect(missing).toEqual([])
})

test('S21: an agent gets 403 on every endpoint that is for administrators', async ({ ana }) => {
  const forAdmins = allEndpoints.filter(({ access }) => access === 'admin')
  const answers = await Promise.all(
    forAdmins.map(({ method, path }) =>
      ana.ask(method, fill(path), method === 'GET' ? undefined : {}),
    ),
  )

  expect(forAdmins.length).toBeGreaterThan(15)
  expect(answers.map(({ status, code }) => [status, code])).toEqual(
    answers.map(() => [403, 'not_allowed']),
  )
})

test('S25: what another site makes a browser send is refused with 403', async ({ ana }) => {
  const foreign = [
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
    { origin: '', 'sec-fetch-site': 'same-site' },
    { origin: publicUrl.replace('8080', '8081') },
  ]
  for (const headers of foreign) {
    const answer = await ana.ask('POST', '/api/tokens', { name: 'stolen' }, headers)
    expect([answer.status, answer.code], JSON.stringify(headers)).toEqual([403, 'wrong_origin'])
  }
  expect((await ana.call(tokenEndpoints.list)).items).toEqual([])
})

test('S25: our own pages may, by either header', async ({ ana }) => {
  for (const headers of [
    { origin: publicUrl },
    { origin: 'http://localhost:5173', 'sec-fetch-site': 'same-origin' },
  ]) {
    expect((await ana.ask('POST', '/api/tokens', { name: 'mine' }, headers)).status).toBe(201)
  }
})

test('S25: a form cannot speak for anybody: only JSON is read', async ({ ana, nobody }) => {
  for (const type of ['application/x-www-form-urlencoded', 'text/plain', 'multipart/form-data']) {
    for (const client of [ana, nobody()]) {
      const answer = await client.ask('POST', '/api/session', '{"email":"a","password":"b"}', {
        'content-type': type,
      })
      expect([answer.status, answer.code]).toEqual([415, 'unsupported_media_type'])
    }
  }
})

test('S23: a field that the contract does not name is refused, and nothing changes', async ({
  admin,
  ana,
  users,
}) => {
  const self = await ana.try(userEndpoints.change, { id: users.ana }, { role: 'admin' })
  const extra = await admin.try(userEndpoints.change, { id: users.ana }, { passwordHash: 'x' })

  expect(self.status).toBe(403)
  expect(extra.status).toBe(400)
  expect((await ana.whoAmI()).role).toBe('agent')
})

test('S23: agents do not see the e-mail addresses of others', async ({ admin, ana, ben }) => {
  expect((await ben.get('/api/session')).status).toBe(200)
  const seen = (await ana.call(userEndpoints.list)).items
  const known = (await admin.call(userEndpoints.list)).items

  expect(seen.map(({ email }) => email)).toEqual(['', 'ana@example.com', ''])
  expect(known.map(({ email }) => email)).not.toContain('')
})

test('an administrator cannot lock themselves out', async ({ admin, users }) => {
  expect(
    (await admin.try(userEndpoints.change, { id: users.admin }, { disabled: true })).status,
  ).toBe(403)
  expect(
    (await admin.try(userEndpoints.change, { id: users.admin }, { role: 'agent' })).status,
  ).toBe(403)
})

test('S15: a change of role ends the sessions of that user', async ({ admin, ana, users }) => {
  await admin.try(userEndpoints.change, { id: users.ana }, { role: 'admin' })
  expect((await ana.get('/api/session')).status).toBe(401)

  await ana.signIn('ana@example.com')
  expect((await ana.whoAmI()).role).toBe('admin')
})

test('errors have one shape with the request id, and answers are never cached', async ({ ana }) => {
  const answers = [
    await ana.get('/api/nowhere'),
    await ana.get(`/api/contacts/${someId}`),
    await ana.get('/api/contacts/not-an-id'),
    await ana.ask('POST', '/api/tokens', '{', { 'content-type': 'application/json' }),
    await ana.try(tokenEndpoints.create, {}, { name: 'x'.repeat(70_000) }),
  ]

  expect(answers.map(({ status }) => status)).toEqual([404, 404, 400, 400, 413])
  for (const { text, headers } of answers) {
    expect(JSON.parse(text)).toEqual({
      error: {
        code: expect.any(String) as string,
        message: expect.any(String) as string,
        requestId: headers['x-request-id'],
      },
    })
    expect(headers['cache-control']).toBe('no-store')
    expect(headers['x-content-type-options']).toBe('nosniff')
  }
})

test('a cursor that is not ours is 400 on every list', async ({ admin }) => {
  const forged = [
    'x',
    Buffer.from('["1"]').toString('base64url'),
    Buffer.from('["a","; drop table users"]').toString('base64url'),
    Buffer.from('["\\u0000","\\u0000"]').toString('base64url'),
    Buffer.from('{"length":2}').toString('base64url'),
  ]
  const lists = ['conversations', 'contacts', 'groups', 'lines', 'users', 'tokens', 'sessions']
  for (const list of lists) {
    for (const cursor of forged) {
      const { status } = await admin.get(`/api/${list}?cursor=${encodeURIComponent(cursor)}`)
      expect(status, `${list} ${cursor}`).toBe(400)
    }
  }
})
