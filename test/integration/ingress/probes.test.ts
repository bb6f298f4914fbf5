import { expect } from 'vitest'
import { createProducer } from '@partyline/kit/jobs'
import { connectRedis } from '@partyline/kit/redis'
import { runIngress } from '../../support/run-ingress.ts'
import { test } from '../../support/stack.ts'

test('a service says that it runs, whether it is ready, and how it is doing', async ({ stack }) => {
  await using ingress = await runIngress(stack)

  const [health, ready, metrics] = await Promise.all([
    ingress.http.inject('/healthz'),
    ingress.http.inject('/readyz'),
    ingress.http.inject('/metrics'),
  ])

  expect(health.json()).toEqual({ status: 'ok' })
  expect([ready.statusCode, ready.json()]).toEqual([200, { status: 'ok', checks: { redis: true } }])
  expect(metrics.headers['content-type']).toContain('text/plain')
  expect(metrics.body).toContain('process_resident_memory_bytes')
})

test('a service whose Redis is away runs and is not ready', async ({ stack }) => {
  const redis = connectRedis('redis://127.0.0.1:1', 'producer', stack.log)
  const producer = createProducer(redis, stack.prefix, stack.log)
  await using ingress = await runIngress(stack, { redis, producer })

  expect((await ingress.http.inject('/healthz')).statusCode).toBe(200)
  expect((await ingress.http.inject('/readyz')).statusCode).toBe(503)
  redis.disconnect()
})
