import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Finding } from '@partyline/cli/doctor/finding'
import type { Fixing } from '@partyline/cli/doctor/fix-lines'
import { createDb } from '@partyline/db/client'
import { createLine } from '@partyline/db/queries/lines'
import { freePort } from '@partyline/standalone/free-port'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { runCommand } from '../../support/run-command.ts'
import { look, numbersAt, startInstallation } from './installation.ts'

const line = '+12125550100'
const inbox = (address: string, name: string) =>
  ({ address, name, mode: 'inbox', channel: 'sms', autoReply: null }) as const
const fixAll: Fixing = { named: [], force: false }

// One for all: each test puts right what it broke.
let installation: Awaited<ReturnType<typeof startInstallation>>
let env: Record<string, string>
let numbers: ReturnType<typeof numbersAt>

beforeAll(async () => {
  installation = await startInstallation({ TWILIO_NUMBER: line })
  env = installation.env
  numbers = numbersAt(env)
})
afterAll(() => installation[Symbol.asyncDispose]())

test('a healthy installation is found by its folder, has no problem, and is left as it was', async () => {
  const { prefix, folder } = installation
  const told = { PARTYLINE_DATA: folder, QUEUE_PREFIX: prefix }
  const seen = await runCommand(['doctor'], told)

  expect(seen).toMatchObject({ code: 0, complained: '' })
  expect(seen.said).toContain('\nAll right')
  const lines = seen.said.trim().split('\n').slice(0, -2)
  // How fast this machine's disk is today is no matter of this test.
  const others = lines.filter((each) => !/^. Redis writes |^ {3}/.test(each))
  expect(others.filter((each) => !each.startsWith('✓ '))).toEqual([])
  for (const about of ['Postgres', 'Schema', 'Redis', 'Webhook door', 'Twilio account', 'Line']) {
    expect(
      lines.some((each) => each.startsWith(`✓ ${about} `)),
      about,
    ).toBe(true)
  }
  const secrets = Object.entries(env).filter(([name]) => /TOKEN|DATABASE_URL|REDIS_URL/.test(name))
  for (const [name, value] of secrets) {
    const secret = URL.parse(value)?.password ?? value
    expect(seen.said, name).not.toContain(secret)
  }
  expect(await installation.redis.llen(`${prefix}:refused-webhooks`)).toBe(0)
  expect(await installation.redis.exists(`${prefix}:doctor`)).toBe(0)
  expect(await installation.sql`select from inbox`).toHaveLength(0)
})

test('what the dispatcher’s container is told is enough to look at everything', async () => {
  const { DISPATCHER_DATABASE_URL: url = '' } = env
  const own = Object.entries(env).filter(([name]) => !name.endsWith('_DATABASE_URL'))

  const { findings, worse } = await look({ ...Object.fromEntries(own), DATABASE_URL: url })

  expect(worse).toEqual([])
  expect(findings.find(({ about }) => about === 'Database users')?.says).toContain('one of its own')
})

test('each broken thing has its line, and hides no other', async () => {
  const { redis, sql } = installation
  await redis.config('SET', 'appendfsync', 'everysec')
  await sql`revoke insert on inbox from partyline_ingress`
  const [migration] = await sql`
    delete from drizzle.__drizzle_migrations where id = (select max(id) from drizzle.__drizzle_migrations)
    returning *`
  onTestFinished(async () => {
    await redis.config('SET', 'appendfsync', 'always')
    await sql`grant insert on inbox to partyline_ingress`
    await sql`insert into drizzle.__drizzle_migrations ${sql(migration ?? {})}`
  })

  const broken = { ...env, TWILIO_AUTH_TOKEN: 'not-the-token-at-all', LIMIT: 'plenty' }
  const seen = await runCommand(['doctor', '--json'], broken)

  expect(seen.code).toBe(1)
  const { healthy, findings } = JSON.parse(seen.said) as { healthy: boolean; findings: Finding[] }
  expect(healthy).toBe(false)
  const worse = findings.filter(({ state }) => state !== 'right')
  const abouts = worse.map(({ about }) => about)
  expect(abouts).toEqual(
    expect.arrayContaining([
      'Environment',
      'Schema',
      'Database users',
      'Redis settings',
      'Webhook door',
      'Twilio account',
    ]),
  )
  expect(worse.find(({ about }) => about === 'Environment')?.says).toContain('LIMIT')
  expect(worse.find(({ about }) => about === 'Database users')?.says).toBe(
    'partyline_ingress may not insert on inbox, which ingress must.',
  )
  expect(worse.find(({ about }) => about === 'Redis settings')?.step).toContain(
    'appendfsync always',
  )
  expect(worse.find(({ about }) => about === 'Webhook door')?.says).toContain('refuses a signature')
  expect(worse.every(({ state, step }) => state !== 'wrong' || step)).toBe(true)
  expect(abouts).not.toContain('Media')
  expect(seen.said).not.toContain('not-the-token-at-all')
})

test('what cannot be reached is said so, each by itself and in time', async () => {
  const nowhere = `127.0.0.1:${await freePort()}`

  const { worse } = await look({
    ...env,
    DATABASE_URL: `postgres://partyline:p4ss@${nowhere}/postgres`,
    REDIS_URL: `redis://${nowhere}`,
    PUBLIC_URL: `http://${nowhere}`,
    TWILIO_API_URL: `http://${nowhere}`,
  })

  for (const about of ['Postgres', 'Redis', 'Webhook door', 'Twilio account', 'Lines']) {
    const found = worse.filter((each) => each.about === about && each.state === 'wrong')
    expect(found.length, about).toBeGreaterThan(0)
  }
})

test('another server at PUBLIC_URL is no Partyline, and --fix leads nobody there', async () => {
  const stranger = createServer((_request, response) => response.writeHead(404).end('nginx'))
  await new Promise((resolve) => stranger.listen(0, '127.0.0.1', () => resolve(undefined)))
  onTestFinished(() => void stranger.close())
  const { port } = stranger.address() as AddressInfo
  const before = await numbers.smsUrl(line)

  const elsewhere = { ...env, PUBLIC_URL: `http://127.0.0.1:${port}` }
  const { worse } = await look(elsewhere, fixAll)

  const door = worse.find(({ about }) => about === 'Webhook door')
  expect(door?.says).toContain('Another server answers')
  expect(worse.find(({ about }) => about === 'Fixed')?.says).toContain('Nothing was changed')
  expect(await numbers.smsUrl(line)).toBe(before)
})

test('an ingress with another PUBLIC_URL is told from another server', async () => {
  const { port } = new URL(env['PUBLIC_URL'] ?? '')

  const { worse } = await look({ ...env, PUBLIC_URL: `http://127.0.0.1:${port}` })

  const door = worse.find(({ about }) => about === 'Webhook door')
  expect(door?.says).toBe(
    `Ingress checks signatures against http://localhost:${port}, not against http://127.0.0.1:${port}.`,
  )
})

test('--fix sets the webhooks of lines, of a line that another program has only when it is named', async () => {
  const taken = '+12125550155'
  await installation.product.phones.addLine(taken, 'Help')
  await createLine(createDb(installation.sql), inbox(taken, 'Help'))
  await numbers.setSmsUrl(line, '')
  await numbers.setSmsUrl(taken, 'https://user:secret@other.acme.org/in?key=hidden')

  const looked = await look(env)
  expect(looked.worse).toMatchObject([
    { about: 'Line', state: 'wrong' },
    { about: 'Line', state: 'wrong' },
  ])
  expect(looked.worse[0]?.says).toContain(`${line} (`)
  expect(looked.worse[0]?.says).toContain('not set')
  expect(looked.worse[1]).toMatchObject({
    says: expect.stringContaining('https://other.acme.org/in, not at Partyline') as string,
    step: expect.stringContaining(`--fix ${taken}`) as string,
  })

  const fixed = await look(env, fixAll)
  expect(fixed.abouts).toEqual(['Line'])
  expect(fixed.findings.filter(({ about }) => about === 'Fixed')).toMatchObject([
    { state: 'right', says: `${line}: set smsUrl (was not set).` },
  ])
  expect(await numbers.smsUrl(line)).toContain('/webhooks/twilio/messages#rc=5&rp=all')
  expect(await numbers.smsUrl(taken)).toContain('other.acme.org')

  const named = await look(env, { named: [taken], force: false })
  expect(named.abouts).toEqual([])
  expect(await numbers.smsUrl(taken)).toContain('/webhooks/twilio/messages#rc=5&rp=all')
})

test('a line that is not in the account, and a number that is no line, are told', async () => {
  const id = await createLine(createDb(installation.sql), inbox('+12125550166', 'Gone'))
  await installation.product.phones.addLine('+12125550177', 'Spare')
  onTestFinished(async () => {
    await installation.sql`delete from lines where id = ${id ?? ''}`
    await numbers.remove('+12125550177')
  })

  const { worse } = await look(env)

  expect(worse).toMatchObject([
    { state: 'wrong', says: '+12125550166 (Gone) is not in this Twilio account.' },
    { state: 'notice', says: 'The texts of +12125550177 come here, but it is no line.' },
  ])
})
