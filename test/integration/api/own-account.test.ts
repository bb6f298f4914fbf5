import { sessionEndpoints, userEndpoints } from '@partyline/contracts/api/session'
import { expect } from 'vitest'
import { password } from './client.ts'
import { test } from './running-api.ts'

const next = 'a wholly new passphrase'

test('whoever knows their password changes it, and is signed out everywhere else', async ({
  ana,
  nobody,
}) => {
  const elsewhere = nobody()
  await elsewhere.signIn('ana@example.com')
  const change = (present: string, given = next) =>
    ana.try(sessionEndpoints.change, {}, { password: { present, next: given } })

  expect(await change('not my password')).toMatchObject({ status: 401, code: 'wrong_credentials' })
  expect(await change(password, 'password1')).toMatchObject({ status: 400 })
  expect(await elsewhere.whoAmI()).toMatchObject({ name: 'Ana' })

  expect((await change(password)).status).toBe(200)
  expect(await ana.whoAmI()).toMatchObject({ name: 'Ana' })
  expect((await elsewhere.try(sessionEndpoints.get)).status).toBe(401)
  expect((await nobody().signIn('ana@example.com')).status).toBe(401)
  expect((await nobody().signIn('ana@example.com', next)).status).toBe(200)
})

test('an agent renames themselves and nothing else, and ends their other sessions at once', async ({
  ana,
  ben,
  nobody,
}) => {
  const renamed = await ana.call(sessionEndpoints.change, {}, { name: 'Anastasia' })
  expect(renamed.user).toMatchObject({ name: 'Anastasia', role: 'agent' })
  expect((await ana.try(sessionEndpoints.change, {}, { role: 'admin' })).status).toBe(400)

  await nobody().signIn('ana@example.com')
  await nobody().signIn('ana@example.com')
  expect(await ana.call(sessionEndpoints.revokeOthers)).toEqual({ ended: 2 })
  expect(await ana.whoAmI()).toMatchObject({ name: 'Anastasia' })
  expect(await ben.whoAmI()).toMatchObject({ name: 'Ben' })
})

test('of two administrators who disable each other at once, one is left', async ({
  admin,
  users,
  nobody,
}) => {
  await admin.call(userEndpoints.change, { id: users.ben }, { role: 'admin' })
  const ben = nobody()
  await ben.signIn('ben@example.com')

  const answers = await Promise.all([
    admin.try(userEndpoints.change, { id: users.ben }, { disabled: true }),
    ben.try(userEndpoints.change, { id: users.admin }, { disabled: true }),
  ])

  expect(answers.map(({ status }) => status).filter((status) => status === 200)).toHaveLength(1)
})
