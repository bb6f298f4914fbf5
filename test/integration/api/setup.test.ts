import { createSetupLink, ensureFirstAdmin } from '@partyline/api/first-admin'
import { sql } from 'drizzle-orm'
import { expect } from 'vitest'
import { setupEndpoints } from '@partyline/contracts/api/session'
import { password, publicUrl } from './client.ts'
import { test } from './running-api.ts'

const admin = { email: 'first@example.com', name: 'First', password }
const tokenOf = (link: string | undefined) => new URL(link ?? '').searchParams.get('token') ?? ''

test('S13 E1: the one-time link makes the first admin and signs them in; a second use is 410', async ({
  stack,
  nobody,
}) => {
  const token = tokenOf(await createSetupLink(stack.db, publicUrl))
  const first = nobody()
  expect(await first.call(setupEndpoints.get)).toEqual({ needed: true })

  const made = await first.try(setupEndpoints.create, {}, { token, ...admin })
  const again = await nobody().try(
    setupEndpoints.create,
    {},
    { token, ...admin, email: 'b@example.com' },
  )

  expect(made.status).toBe(201)
  expect(await first.whoAmI()).toMatchObject({
    name: 'First',
    role: 'admin',
  })
  expect(await first.call(setupEndpoints.get)).toEqual({ needed: false })
  expect([again.status, again.code]).toEqual([410, 'setup_done'])
  expect(await createSetupLink(stack.db, publicUrl)).toBeUndefined()
})

test('S13: the link works for 30 minutes, and a made-up one never', async ({ stack, nobody }) => {
  const token = tokenOf(await createSetupLink(stack.db, publicUrl))
  await stack.db.execute(sql`update setup_links set expires_at = now() - interval '1 second'`)

  expect((await nobody().try(setupEndpoints.create, {}, { token, ...admin })).status).toBe(403)
  expect(
    (await nobody().try(setupEndpoints.create, {}, { token: 'made up', ...admin })).status,
  ).toBe(403)
  expect(await nobody().call(setupEndpoints.get)).toEqual({ needed: true })
})

test('S13: of ten uses at once, one makes an admin', async ({ stack, nobody }) => {
  const token = tokenOf(await createSetupLink(stack.db, publicUrl))
  const answers = await Promise.all(
    Array.from({ length: 10 }, (_, index) =>
      nobody().try(setupEndpoints.create, {}, { token, ...admin, email: `a${index}@example.com` }),
    ),
  )

  expect(answers.map(({ status }) => status).toSorted()).toEqual([
    201,
    ...Array.from({ length: 9 }, () => 410),
  ])
})

test('a weak password does not use the link up', async ({ stack, nobody }) => {
  const token = tokenOf(await createSetupLink(stack.db, publicUrl))

  expect(
    (await nobody().try(setupEndpoints.create, {}, { token, ...admin, password: 'password1' }))
      .status,
  ).toBe(400)
  expect((await nobody().try(setupEndpoints.create, {}, { token, ...admin })).status).toBe(201)
})

test('the configured admin is made once, and a later change of the environment changes nothing', async ({
  stack,
  nobody,
}) => {
  await ensureFirstAdmin(stack.db, { email: 'boss@example.com', password })
  await ensureFirstAdmin(stack.db, { email: 'boss@example.com', password: 'another password' })
  await ensureFirstAdmin(stack.db, { email: 'other@example.com', password })

  const boss = nobody()
  await boss.signIn('boss@example.com')
  expect((await boss.whoAmI()).role).toBe('admin')
  expect((await nobody().signIn('other@example.com')).status).toBe(401)
})
