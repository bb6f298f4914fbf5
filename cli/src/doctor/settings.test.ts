import { expect, test } from 'vitest'
import { checkEnvironment } from './check-environment.ts'
import { readSettings } from './settings.ts'

const right = {
  DATABASE_URL: 'postgres://partyline:p4ss@127.0.0.1:5432/partyline',
  REDIS_URL: 'redis://127.0.0.1:6379',
  TWILIO_ACCOUNT_SID: `AC${'a'.repeat(32)}`,
  TWILIO_AUTH_TOKEN: 'twelve',
}

test('everything that is wrong is told at once, each variable once, and no value', () => {
  const settings = readSettings({
    ...right,
    REDIS_URL: undefined,
    TWILIO_ACCOUNT_SID: 'hunter2',
    LIMIT: 'hunter2',
    REALTIME_PORT: 'hunter2',
  })

  const names = settings.problems.map((line) => line.split(':')[0])
  expect(names.sort()).toEqual(['LIMIT', 'REALTIME_PORT', 'REDIS_URL', 'TWILIO_ACCOUNT_SID'])
  expect(checkEnvironment(settings).map(({ state }) => state)).toEqual(Array(4).fill('wrong'))
  expect(JSON.stringify(settings)).not.toContain('hunter2')
})

test('what is right is read though something else is wrong', () => {
  const settings = readSettings({ ...right, TWILIO_TIMEOUT_MS: 'soon' })

  expect(settings.config.databaseUrl).toBe(right.DATABASE_URL)
  expect(settings.config.twilio.username).toBe(right.TWILIO_ACCOUNT_SID)
  expect([...settings.wrong]).toEqual(['TWILIO_TIMEOUT_MS'])
})

test('a service connects by its own address where it has one', () => {
  const own = 'postgres://partyline_api:p4ss@127.0.0.1:5432/partyline'
  const { databaseUrls, problems } = readSettings({ ...right, API_DATABASE_URL: own })

  expect(problems).toEqual([])
  expect(databaseUrls).toMatchObject({ api: own, ingress: right.DATABASE_URL })
})

test.each([
  { MEDIA_STORE: 's3' },
  { TWILIO_API_KEY: `SK${'a'.repeat(32)}` },
  { TWILIO_TIMEOUT_MS: '60000' },
])('half of what goes together is wrong, and everything else is read: %o', (half) => {
  const settings = readSettings({ ...right, ...half })

  expect(settings.problems.length).toBeGreaterThan(0)
  expect(settings.config.redis.url).toBe(right.REDIS_URL)
})
