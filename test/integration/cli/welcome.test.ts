import { createApiClient } from '@partyline/cli/demo/api-client'
import { closeDemoUser, openDemoUser } from '@partyline/cli/demo/demo-user'
import { conversationEndpoints } from '@partyline/contracts/api/conversations'
import { lineEndpoints } from '@partyline/contracts/api/lines'
import { sessionEndpoints, setupEndpoints } from '@partyline/contracts/api/session'
import { sql } from 'drizzle-orm'
import { expect } from 'vitest'
import { runCommand } from '../../support/run-command.ts'
import { runProduct } from '../../support/run-product.ts'
import { serviceUrlsOf } from '../../support/service-urls.ts'
import { type Stack, test } from '../../support/stack.ts'

const ada = { name: 'Ada', email: 'ada@example.com', password: 'a long quiet evening' }
const tokenIn = (said: string) => /\/setup\?token=(\S+)/.exec(said)?.[1] ?? 'none'

/** What `configure` writes for the container. */
const told = (stack: Stack, url: string) => ({
  DATABASE_URL: serviceUrlsOf(stack.databaseUrl).api,
  PUBLIC_URL: url,
  API_URL: url,
  SIMULATOR_URL: url,
})

const conversationsOf = async (api: ReturnType<typeof createApiClient>) =>
  (await api.call(conversationEndpoints.list)).items.map(
    ({ name, status, unread }) => `${name}, ${status}, ${unread} unread`,
  )

test('B27 E1 S13: with nobody there yet, welcome plays the demo once, and its link makes the first admin', async ({
  stack,
}) => {
  await using product = await runProduct(stack)
  // As with docker compose: nobody made an admin.
  await stack.db.execute(sql`delete from users`)
  const env = { ...told(stack, product.url), TWILIO_NUMBER: '+12125550199' }

  const first = await runCommand(['welcome', '--compose'], env)
  expect(first).toMatchObject({ code: 0, complained: '' })
  for (const row of [`Dashboard  ${product.url}`, `Phones     ${product.url}/simulator`]) {
    expect(first.said).toContain(row)
  }
  expect(first.said).toContain('docker compose exec api partyline setup-link')

  const api = createApiClient(product.url)
  expect(await api.call(setupEndpoints.get)).toEqual({ needed: true })
  await api.call(setupEndpoints.create, { body: { ...ada, token: tokenIn(first.said) } })
  const played = await conversationsOf(api)
  expect(played).toHaveLength(6)
  expect(played).toContain('Conference, open, 0 unread')
  const lines = (await api.call(lineEndpoints.list)).items.map(({ address }) => address)
  expect(lines).toContain('+12125550199')

  const second = await runCommand(['welcome'], { ...env, ADMIN_EMAIL: ada.email })
  expect(second).toMatchObject({ code: 0, complained: '' })
  expect(second.said).not.toContain('Set up')
  expect(second.said).toContain(`Sign in    ${ada.email}  (ADMIN_PASSWORD)`)
  expect(await conversationsOf(api)).toEqual(played)
  const refused = await runCommand(['setup-link'], env)
  expect(refused).toMatchObject({ code: 1, said: '' })
  expect(refused.complained).toMatch(/^Partyline is set up: there is an admin\. Sign in at .*\n$/)
})

test('E1 S13: a demo that cannot be played, or was cut off, is not played again, and the way in is printed all the same', async ({
  stack,
}) => {
  const env = told(stack, 'http://127.0.0.1:1')
  // Killed right after it began.
  const user = await openDemoUser(stack.dbs.api)
  expect(user?.token).toBeTruthy()

  const cutOff = await runCommand(['welcome'], env)
  expect(cutOff).toMatchObject({ code: 0, complained: '' })
  expect(tokenIn(cutOff.said)).not.toBe('none')
  const users = sql`select disabled_at is not null as disabled from users`
  expect(await stack.db.execute(users)).toEqual([{ disabled: true }])

  await stack.db.execute(sql`delete from users`)
  const unwanted = await runCommand(['welcome'], { ...env, DEMO: 'false' })
  expect(unwanted).toMatchObject({ code: 0, complained: '' })
  const failed = await runCommand(['welcome'], env)
  expect(failed.code).toBe(0)
  expect(failed.complained).toMatch(/^The demo could not be played to its end, .*\n$/)
  expect(tokenIn(failed.said)).not.toBe('none')
  const link = await runCommand(['setup-link'], env)
  expect(link.code).toBe(0)
  expect(tokenIn(link.said)).not.toBe('none')
})

test('S1 S13: whoever the demo is played by cannot sign in, and their token opens nothing afterwards', async ({
  stack,
}) => {
  await using product = await runProduct(stack)
  const user = await openDemoUser(stack.dbs.api)
  const api = createApiClient(product.url, user?.token)
  await expect(api.call(conversationEndpoints.list)).resolves.toMatchObject({ items: [] })
  const demo = { email: 'demo@partyline.invalid', password: '' }
  const signIn = () => createApiClient(product.url).call(sessionEndpoints.create, { body: demo })
  await expect(signIn()).rejects.toThrow('wrong_credentials')

  await closeDemoUser(stack.dbs.api)

  await expect(api.call(conversationEndpoints.list)).rejects.toThrow('not_signed_in')
  await expect(signIn()).rejects.toThrow('wrong_credentials')
})
