import path from 'node:path'
import { migrate } from '@partyline/db/migrate'
import { expect } from 'vitest'
import { startNode } from '../support/redis-cluster.ts'
import { runService } from '../support/run-service.ts'
import { test } from '../support/stack.ts'
import { startTlsPostgres } from '../support/tls-postgres.ts'

/**
 * The certificate is for a name; the cluster tells the address of the node. Only what the process was told to
 * trust, with the variable of Node's own, decides.
 */
test('a service reaches stores whose certificates a private authority signed, once it is told to trust it', async ({
  stack,
}) => {
  await using resources = new AsyncDisposableStack()
  const { url, certificate } = await startTlsPostgres(stack.dataFolder, resources)
  const redis = await startNode(path.join(stack.dataFolder, 'redis'), resources, certificate)
  await redis.redis.call('CLUSTER', 'ADDSLOTSRANGE', 0, 16_383)
  await expect.poll(() => redis.redis.cluster('INFO')).toContain('state:ok')
  const databaseUrl = `${url}?sslmode=verify-full`
  await migrate(`${databaseUrl}&sslrootcert=${encodeURIComponent(certificate.ca)}`)
  const onTls = { ...stack, databaseUrl, redisUrl: redis.url, prefix: 'partyline' }
  const run = async (env: Record<string, string>) =>
    resources.use(
      await runService('dispatcher', onTls, { env: { REDIS_DURABILITY: 'require', ...env } }),
    )

  const trusting = await run({ NODE_EXTRA_CA_CERTS: certificate.ca })
  const ready = async ({ url: own }: { url: string }) =>
    (await fetch(`${own}/readyz`).catch(() => undefined))?.status
  await expect.poll(() => ready(trusting)).toBe(200)
  expect(trusting.said()).not.toMatch(/"level":(40|50|60)/)

  const wary = await run({})
  await expect.poll(() => wary.said()).toMatch(/certificate/)
  expect(await ready(wary)).not.toBe(200)
})
