import { createDb, connectPostgres } from '@partyline/db/client'
import { expect } from 'vitest'
import { connectRedis } from '@partyline/kit/redis'
import { runIngress } from '../../support/run-ingress.ts'
import { noRedis, test } from '../../support/stack.ts'

test('a service says that it runs, whether it is ready, and how it is doing', async ({ stack }) => {
  await using ingress = await runIngress(stack)

  const [health, ready, metrics] = await Promise.all([
    ingress.http.inject('/healthz'),
    ingress.http.inject('/readyz'),
    ingress.http.inject('/metrics'),
  ])

  expect(health.json()).toEqual({ status: 'ok' })
  expect([ready.statusCode, ready.json()]).toEqual([200, { status: 'ok', checks: { store: true } }])
  expect(metrics.headers['content-type']).toContain('text/plain')
  expect(metrics.body).toContain('process_resident_memory_bytes')
})

test('a door whose Redis is away stays open, since Postgres takes what comes', async ({
  stack,
}) => {
  const redis = connectRedis(noRedis, 'producer', stack.log)
  await using ingress = await runIngress(stack, { redis })

  expect((await ingress.http.inject('/readyz')).statusCode).toBe(200)
  redis.disconnect()
})

test('a door that can put a text nowhere runs and is not ready', async ({ stack }) => {
  const redis = connectRedis(noRedis, 'producer', stack.log)
  const sql = connectPostgres('postgres://127.0.0.1:1/none', { name: 'test' })
  await using ingress = await runIngress(stack, { redis, db: createDb(sql) })

  expect((await ingress.http.inject('/healthz')).statusCode).toBe(200)
  expect((await ingress.http.inject('/readyz')).statusCode).toBe(503)
  redis.disconnect()
  await sql.end()
})
