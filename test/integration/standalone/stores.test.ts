import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { connectPostgres } from '@partyline/db/client'
import { startPostgres } from '@partyline/standalone/postgres'
import { startRedis } from '@partyline/standalone/redis'
import { Redis } from 'ioredis'
import { expect, test as base } from 'vitest'

const program = fileURLToPath(new URL('../../support/run-stores.ts', import.meta.url))

const test = base.extend<{ folder: string }>({
  folder: async ({}, use) => {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'partyline-stores-'))
    await use(folder)
    await rm(folder, { recursive: true, force: true })
  },
})

const options = (folder: string, name: string) => ({
  folder: path.join(folder, name),
  password: 'p@ss/word',
  durable: true,
})

async function write(postgresUrl: string, redisUrl: string): Promise<void> {
  const sql = connectPostgres(postgresUrl, { name: 'test', max: 1 })
  await sql`create table kept (word text)`
  await sql`insert into kept values ('still here')`
  await sql.end()
  const redis = new Redis(redisUrl)
  await redis.set('kept', 'still here')
  redis.disconnect()
}

async function read(postgresUrl: string, redisUrl: string): Promise<unknown[]> {
  const sql = connectPostgres(postgresUrl, { name: 'test', max: 1 })
  const [row] = await sql<{ word: string }[]>`select word from kept`
  await sql.end()
  const redis = new Redis(redisUrl)
  const word = await redis.get('kept')
  redis.disconnect()
  return [row?.word, word]
}

async function startBoth(folder: string) {
  const postgres = await startPostgres(options(folder, 'postgres'))
  const redis = await startRedis(options(folder, 'redis'))
  const stop = async () => {
    await Promise.all([postgres.stop(), redis.stop()])
  }
  return { postgres, redis, [Symbol.asyncDispose]: stop }
}

test('the embedded Postgres and Redis keep what they were given over a restart', async ({
  folder,
}) => {
  {
    await using first = await startBoth(folder)
    await write(first.postgres.url, first.redis.url)
  }
  await using second = await startBoth(folder)

  expect(await read(second.postgres.url, second.redis.url)).toEqual(['still here', 'still here'])
})

test('after a run that was killed, the next one ends what it left behind and has its data', async ({
  folder,
}) => {
  const killed = spawn(process.execPath, [program, folder], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const [urls] = (await once(killed, 'message')) as [{ postgres: string; redis: string }]
  await write(urls.postgres, urls.redis)
  killed.kill('SIGKILL')
  await once(killed, 'exit')

  await using next = await startBoth(folder)

  expect(await read(next.postgres.url, next.redis.url)).toEqual(['still here', 'still here'])
  await expect(read(urls.postgres, urls.redis)).rejects.toThrow()
})

test('Redis acknowledges only what is on disk and never throws anything out', async ({
  folder,
}) => {
  await using running = await startBoth(folder)
  const redis = new Redis(running.redis.url)

  const settings = await redis.config('GET', 'append*', 'maxmemory-policy')

  expect(settings).toEqual(
    expect.arrayContaining(['appendonly', 'yes', 'appendfsync', 'always', 'noeviction']),
  )
  redis.disconnect()
})
