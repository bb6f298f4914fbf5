import { createHash } from 'node:crypto'
import { tokenEndpoints } from '@partyline/contracts/api/session'
import { apiTokens } from '@partyline/db/schema/users'
import { expect } from 'vitest'
import { test } from './running-api.ts'

test('an API token acts as its user until it is revoked, and only its hash is stored', async ({
  stack,
  ana,
  nobody,
}) => {
  const { id, token } = await ana.call(tokenEndpoints.create, {}, { name: 'script' })
  const asScript = () =>
    nobody().ask('GET', '/api/session', undefined, { authorization: `Bearer ${token}` })
  const [row] = await stack.db.select().from(apiTokens)

  expect((await asScript()).text).toContain('"name":"Ana"')
  expect(row?.tokenHash).toEqual(createHash('sha256').update(token).digest())
  expect((await ana.call(tokenEndpoints.list)).items[0]).toMatchObject({ id, name: 'script' })
  await ana.call(tokenEndpoints.remove, { id })
  expect((await asScript()).status).toBe(401)
})

test('a bad bearer token is not made good by a cookie beside it', async ({ ana }) => {
  const answer = await ana.ask('GET', '/api/session', undefined, {
    authorization: 'Bearer nothing',
  })

  expect(answer.status).toBe(401)
})
