import type { PostgresServer } from '@partyline/db/queries/inspect-postgres'
import type { WorkWaiting } from '@partyline/db/queries/work-waiting'
import type { RedisServer } from '@partyline/kit/inspect-redis'
import { expect, test } from 'vitest'
import { checkConnections } from './check-connections.ts'
import { checkPostgres } from './check-postgres.ts'
import { checkDurability, checkRedis } from './check-redis.ts'
import { judgeWork } from './judge-work.ts'
import type { Finding } from './finding.ts'

const postgres: PostgresServer = {
  ...{ version: '18.4', major: 18, user: 'partyline_dispatcher', clockAheadMs: 3 },
  ...{ pooled: false, readOnly: false, careless: [] },
  connections: { allowed: 97, ours: 20, others: 2 },
}
const redis: RedisServer = {
  ...{ version: '8.2.1', cluster: false, replica: false, writesFile: true },
  ...{ memory: { usedBytes: 2_000_000, allowedBytes: 0 }, clockAheadMs: -2, writeMs: 1 },
}
const work: WorkWaiting = {
  ...{ inbox: 0, inboxAge: 0, deadLetters: 0, queued: 0, dueAge: 0, sending: 0 },
  ...{ unknown: 0, unknownAge: 0, review: {}, breakers: [], dispatchers: 1 },
  ...{ backfillAge: 1, backfillFailures: 0, lines: [] },
}
const worst = (findings: Finding[]) =>
  (['wrong', 'notice', 'right'] as const).find((state) =>
    findings.some((finding) => finding.state === state),
  )

test('stores as they should be have nothing to tell', () => {
  expect(worst(checkPostgres(postgres))).toBe('right')
  expect(worst(checkConnections(postgres, 1))).toBe('right')
  expect(worst(checkRedis(redis))).toBe('right')
  expect(worst(judgeWork(work, undefined))).toBe('right')
})

test.each([
  { major: 17, version: '17.6' },
  { readOnly: true },
  { careless: ['fsync off'] },
  { clockAheadMs: -60_000 },
])('a Postgres with %o is wrong, and what to do is said', (changes) => {
  const findings = checkPostgres({ ...postgres, ...changes })

  expect(worst(findings)).toBe('wrong')
  expect(findings.find(({ state }) => state === 'wrong')?.step).toBeTruthy()
})

test('dispatchers for whom Postgres has no room are counted', () => {
  expect(worst(checkConnections(postgres, 2))).toBe('right')
  const [finding] = checkConnections(postgres, 4)
  expect(finding).toMatchObject({ state: 'wrong' })
  expect(finding?.step).toContain('max_connections by 41')
  expect(worst(checkConnections({ ...postgres, pooled: true }, 4))).toBe('right')
})

test.each([
  [{ version: '5.0.7' }, 'wrong'],
  [{ replica: true }, 'wrong'],
  [{ writesFile: false }, 'wrong'],
  [{ clockAheadMs: 9_000 }, 'wrong'],
  [{ memory: { usedBytes: 90, allowedBytes: 100 } }, 'wrong'],
  [{ writeMs: 180 }, 'notice'],
  [{ writeMs: 900 }, 'wrong'],
  [{ cluster: true }, 'right'],
] as const)('a Redis with %o is %s', (changes, state) => {
  expect(worst(checkRedis({ ...redis, ...changes }))).toBe(state)
})

test('a Redis that loses texts is wrong unless that risk is taken; one that hides its settings is told', () => {
  const unsafe = { state: 'unsafe', advice: 'Set appendonly yes.' } as const
  expect(checkDurability(unsafe, 'require').state).toBe('wrong')
  expect(checkDurability(unsafe, 'warn').state).toBe('notice')
  expect(checkDurability({ state: 'untold', advice: '…' }, 'require').state).toBe('notice')
})

test.each([
  [{ dispatchers: 0 }, 'wrong'],
  [{ inbox: 3, inboxAge: 5 }, 'right'],
  [{ inbox: 3, inboxAge: 300 }, 'wrong'],
  [{ queued: 5_000, dueAge: 90 }, 'right'],
  [{ queued: 5_000, dueAge: 4_000 }, 'notice'],
  [{ unknown: 1, unknownAge: 30 }, 'notice'],
  [{ review: { send_cap: 4 } }, 'notice'],
  [{ deadLetters: 1 }, 'notice'],
] as const)('work of which %o is %s', (changes, state) => {
  expect(worst(judgeWork({ ...work, ...changes }, undefined))).toBe(state)
})

test('an account that Twilio refuses keeps everything from being sent', () => {
  const since = new Date('2026-11-21T12:00:00Z')
  const findings = judgeWork(work, { cause: 'refused', errorCode: 20003, since })

  expect(findings.find(({ state }) => state === 'wrong')?.says).toBe(
    'Twilio refuses this account (20003) since 2026-11-21 12:00 UTC, so nothing is sent.',
  )
})
