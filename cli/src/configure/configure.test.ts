import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { loadConfig as apiConfig } from '@partyline/api/config'
import { loadConfig as dispatcherConfig } from '@partyline/dispatcher/config'
import { secretNames } from '@partyline/kit/secrets'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { configure } from './configure.ts'

let out: string
beforeEach(() => {
  out = mkdtempSync(path.join(os.tmpdir(), 'partyline-configure-'))
  onTestFinished(() => rmSync(out, { recursive: true }))
})

const run = (env: Record<string, string> = {}) => configure({ args: ['--to', out], env })

const read = (folder: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(path.join(out, folder)).map((name) => [
      name,
      readFileSync(path.join(out, folder, name), 'utf8'),
    ]),
  )
const folders = () => Object.fromEntries(readdirSync(out).map((name) => [name, read(name)]))
const mentions = (secret: string) =>
  readdirSync(out).filter((name) => Object.values(read(name)).some((it) => it.includes(secret)))

const twilio = {
  TWILIO_ACCOUNT_SID: `AC${'1'.repeat(32)}`,
  TWILIO_AUTH_TOKEN: 'the-token',
  TWILIO_AUTH_TOKEN_SECONDARY: 'the-other-token',
  TWILIO_API_KEY: `SK${'2'.repeat(32)}`,
  TWILIO_API_SECRET: 'the-api-secret',
  TWILIO_NUMBER: '+15555550100',
  ADMIN_EMAIL: 'ada@example.com',
  ADMIN_PASSWORD: 'the-admin-password',
  MEDIA_STORE: 's3',
  S3_ENDPOINT: 'https://s3.example.com',
  S3_BUCKET: 'media',
  S3_ACCESS_KEY_ID: 'the-key-id',
  S3_SECRET_ACCESS_KEY: 'the-bucket-secret',
}

test('with nothing set there is a simulator, a Postgres and a Redis with passwords of their own', async () => {
  await run({ PORT: '9000', INGRESS_PORT: '4001', PARTYLINE_DATA: '.data', UNKNOWN: 'not-known' })

  const { postgres, redis, ingress, dispatcher, simulator, api } = folders()
  expect(redis?.['redis.conf']).toMatch(/appendonly yes\nappendfsync always\n[^]*noeviction/)
  const password = /requirepass "(.+)"/.exec(redis?.['redis.conf'] ?? '')?.[1] ?? 'none'
  expect(ingress?.['REDIS_URL']).toBe(`redis://:${password}@redis:6379`)
  expect(postgres?.['password']).toHaveLength(32)
  expect(simulator).toMatchObject({
    TWILIO_ACCOUNT_SID: dispatcher?.['TWILIO_ACCOUNT_SID'],
    TWILIO_AUTH_TOKEN: ingress?.['TWILIO_AUTH_TOKEN'],
    PUBLIC_URL: 'http://localhost:9000',
    SIMULATOR_WEBHOOK_URL: 'http://web:8081',
  })
  expect(dispatcherConfig(dispatcher ?? {}).twilio.apiUrl).toBe('http://simulator:8085')
  expect(apiConfig(api ?? {})).toMatchObject({ simulated: true, dataFolder: '/data', port: 3004 })
  expect(Object.keys(ingress ?? {})).not.toContain('INGRESS_PORT')
  expect(mentions('not-known')).toEqual([])
})

test('S36: each container is told what it reads, and no secret that is another one’s', async () => {
  await run(twilio)

  expect(read('simulator')).toEqual({})
  expect(mentions(twilio.TWILIO_AUTH_TOKEN)).toEqual(['dispatcher', 'ingress'])
  expect(mentions(twilio.TWILIO_AUTH_TOKEN_SECONDARY)).toEqual(['dispatcher', 'ingress'])
  expect(mentions(twilio.TWILIO_API_SECRET)).toEqual(['dispatcher'])
  expect(mentions(twilio.S3_SECRET_ACCESS_KEY)).toEqual(['api', 'dispatcher'])
  expect(mentions(twilio.ADMIN_PASSWORD)).toEqual(['api'])
  expect(mentions('partyline_ingress')).toEqual(['ingress', 'migrate'])
  expect(mentions(read('postgres')['password'] ?? '')).toEqual(['configure', 'migrate', 'postgres'])
  expect(read('welcome')).toMatchObject({ ADMIN_EMAIL: 'ada@example.com' })
  expect(statSync(path.join(out, 'ingress', 'TWILIO_AUTH_TOKEN')).mode & 0o777).toBe(0o444)
  expect(statSync(path.join(out, 'configure', 'secrets.json')).mode & 0o777).toBe(0o600)
})

test('a proxy before Caddy is believed by Caddy and by the services, and nobody else is', async () => {
  await run()
  expect(read('web')).toEqual({})

  await run({ TRUSTED_PROXIES: 'loopback, 203.0.113.7' })
  expect(read('web')['trusted-proxies.caddy']).toBe(
    'trusted_proxies 127.0.0.0/8 ::1/128 203.0.113.7\n',
  )
  expect(read('ingress')['TRUSTED_PROXIES']).toBe('uniquelocal,loopback, 203.0.113.7')
})

test('secrets that are mounted empty are not given, as docker compose mounts them all', async () => {
  const mounted: Record<string, string> = {}
  for (const name of secretNames) mounted[`${name}_FILE`] = '/dev/null'
  await run(mounted)

  expect(dispatcherConfig(read('dispatcher')).twilio.apiUrl).toBe('http://simulator:8085')
  await run({ ...twilio, ...mounted })
  expect(mentions(twilio.TWILIO_AUTH_TOKEN)).toEqual(['dispatcher', 'ingress'])
})

test('running again changes nothing', async () => {
  await run()
  const before = folders()
  await run()

  expect(folders()).toEqual(before)
})

test('with Twilio’s credentials what was the simulator’s is gone, what was made stays, and so does what a killed run left half written not', async () => {
  await run()
  const before = folders()
  writeFileSync(path.join(out, 'dispatcher', 'TWILIO_API_URL.new'), 'half')

  await run(twilio)

  expect(read('dispatcher')).not.toHaveProperty('TWILIO_API_URL')
  expect(readdirSync(path.join(out, 'dispatcher')).filter((it) => it.includes('.'))).toEqual([])
  expect(read('welcome')).not.toHaveProperty('SIMULATOR_URL')
  expect(read('postgres')).toEqual(before['postgres'])
  expect(read('realtime')['DATABASE_URL']).toBe(before['realtime']?.['DATABASE_URL'])
  await run()
  expect(folders()).toEqual(before)
})

test('a database and a Redis of one’s own are used, with users beside the owner’s or as the owner', async () => {
  const managed = {
    DATABASE_URL: 'postgres://hub:p%40ss@db.example.com:6432/texts?sslmode=require',
    REDIS_URL: 'rediss://default:r%40ss@redis.example.com:6380',
  }
  await run(managed)
  const own = new URL(read('api')['DATABASE_URL'] ?? '')
  expect([own.username, own.host, own.pathname, own.search]).toEqual([
    'hub_api',
    'db.example.com:6432',
    '/texts',
    '?sslmode=require',
  ])
  expect(read('migrate')).toMatchObject({ ...managed, API_DATABASE_URL: own.href })

  await run({ ...managed, DATABASE_USERS: 'shared' })
  expect(read('api')).toMatchObject(managed)
  expect(read('migrate')).toEqual(managed)
})

test('DOMAIN is the address unless PUBLIC_URL says otherwise, and proxies before Caddy are trusted besides it', async () => {
  await run({ DOMAIN: 'text.example.com', TRUSTED_PROXIES: '203.0.113.7, loopback' })
  expect(read('ingress')).toMatchObject({
    PUBLIC_URL: 'https://text.example.com',
    TRUSTED_PROXIES: 'uniquelocal,203.0.113.7, loopback',
  })

  await run({ DOMAIN: 'text.example.com', PUBLIC_URL: 'https://other.example.com/' })
  expect(read('api')['PUBLIC_URL']).toBe('https://other.example.com')
})

test('everything that is wrong is named at once, without values, and nothing is written', async () => {
  const bad = {
    PORT: 'hunter2',
    LIMIT: 'hunter2',
    DOMAIN: 'hunter 2',
    DATABASE_USERS: 'hunter2',
    CLAIM_LEASE_MS: 'hunter2',
    TRUSTED_PROXIES: 'hunter2',
    SIMULATOR_WEBHOOK_URL: 'hunter2',
    WHATSAPP_ID: 'hunter2',
    TWILIO_AUTH_TOKEN_FILE: '/nowhere',
  }
  const half = { ADMIN_EMAIL: 'ada@example.com' }
  const message = await run({ ...bad, ...half }).then(String, String)

  for (const name of [...Object.keys(bad), 'ADMIN_PASSWORD']) expect(message).toContain(name)
  expect(message).not.toContain('hunter')
  expect(message).not.toContain('\n')
  expect(readdirSync(out)).toEqual([])
})
