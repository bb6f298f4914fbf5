import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { checkRedisDurability } from '@partyline/kit/redis-durability'
import { freePort } from '@partyline/standalone/free-port'
import { startRedis } from '@partyline/standalone/redis'
import { Redis } from 'ioredis'
import { expect } from 'vitest'
import { test, type Stack } from '../../support/stack.ts'
import { account } from '../../support/webhook.ts'

const mainOf = (service: string) =>
  fileURLToPath(new URL(`../../../services/${service}/src/main.ts`, import.meta.url))

/** A service as a process of its own, to its end. */
async function run(service: string, stack: Stack, more: Record<string, string>) {
  const child = spawn(process.execPath, [mainOf(service)], {
    env: {
      PATH: process.env['PATH'],
      DATABASE_URL: stack.databaseUrl,
      REDIS_URL: stack.redisUrl,
      QUEUE_PREFIX: stack.prefix,
      PARTYLINE_DATA: stack.dataFolder,
      TWILIO_ACCOUNT_SID: account.sid,
      TWILIO_AUTH_TOKEN: account.token,
      TWILIO_API_URL: 'http://127.0.0.1:9',
      INGRESS_PORT: '0',
      DISPATCHER_PORT: '0',
      ...more,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = once(child, 'exit')
  const log = text(child.stdout)
  child.stdout.on('data', (said: Buffer) => {
    if (said.includes('"started"')) child.kill('SIGTERM')
  })
  const [code] = (await ended) as [number | null]
  return { code, log: await log }
}

test.for(['ingress', 'dispatcher'])(
  'the %s does not start on a Redis that may lose what it acknowledged, and says what to set',
  async (service, { stack }) => {
    const refused = await run(service, stack, {})
    expect(refused.code).toBe(1)
    expect(refused.log.trim().split('\n')).toHaveLength(1)
    expect(refused.log).toContain('appendonly yes')

    const warned = await run(service, stack, { REDIS_DURABILITY: 'warn' })
    expect(warned.code).toBe(0)
    expect(warned.log).toContain('appendonly yes')
  },
)

test('each setting is looked at by itself', async ({ stack }) => {
  const server = await startRedis({ folder: stack.dataFolder, password: 'p', durable: true })
  const redis = new Redis(server.url)
  expect(await checkRedisDurability(server.url)).toEqual({ state: 'durable' })

  await redis.config('SET', 'appendfsync', 'everysec')
  expect(await checkRedisDurability(server.url)).toMatchObject({
    state: 'unsafe',
    advice: expect.stringContaining('appendfsync always;') as string,
  })

  await redis.config('SET', 'appendfsync', 'always')
  await redis.config('SET', 'maxmemory-policy', 'allkeys-lru')
  expect(await checkRedisDurability(server.url)).toMatchObject({
    state: 'unsafe',
    advice: expect.stringContaining('maxmemory-policy noeviction;') as string,
  })

  await redis.acl('SETUSER', 'managed', 'on', '>p', '~*', '&*', '+@all', '-config')
  const managed = server.url.replace('redis://:', 'redis://managed:')
  expect((await checkRedisDurability(managed)).state).toBe('untold')
  redis.disconnect()
  await server.stop()
})

test('a Redis that is down does not keep anybody from starting', async () => {
  const url = `redis://127.0.0.1:${await freePort()}`
  expect((await checkRedisDurability(url)).state).toBe('untold')
})
