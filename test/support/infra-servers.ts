import { mkdtemp, rm } from 'node:fs/promises'
import path from 'node:path'
import { startPostgres } from '@partyline/standalone/postgres'
import { startRedis } from '@partyline/standalone/redis'
import { PostgreSqlContainer } from '@testcontainers/postgresql'
import { RedisContainer } from '@testcontainers/redis'
import { quickFolder } from './quick-folder.ts'

export interface Infra {
  postgresUrl: string
  redisUrl: string
  stop(): Promise<void>
}

const kinds = { embedded: startEmbedded, docker: startContainers }

/** `TEST_INFRA=docker` runs the tests against the official images, anything else on this machine. */
export async function startInfra(): Promise<Infra> {
  const kind = process.env['TEST_INFRA'] || 'embedded'
  const start = Object.entries(kinds).find(([name]) => name === kind)?.[1]
  if (!start) throw new Error(`TEST_INFRA is one of: ${Object.keys(kinds).join(', ')}`)
  return start()
}

async function startEmbedded(): Promise<Infra> {
  await using starting = new AsyncDisposableStack()
  const folder = await mkdtemp(path.join(quickFolder, 'partyline-test-'))
  starting.defer(() => rm(folder, { recursive: true, force: true }))
  const options = { password: 'test', durable: false }
  const pg = await startPostgres({ ...options, folder: path.join(folder, 'postgres') })
  starting.defer(() => pg.stop())
  const redis = await startRedis({ ...options, folder: path.join(folder, 'redis') })
  starting.defer(() => redis.stop())
  const resources = starting.move()
  return { postgresUrl: pg.url, redisUrl: redis.url, stop: () => resources.disposeAsync() }
}

async function startContainers(): Promise<Infra> {
  const [pg, redis] = await Promise.all([
    new PostgreSqlContainer('postgres:18')
      .withTmpFs({ '/var/lib/postgresql': 'rw' })
      .withCommand(['postgres', '-c', 'fsync=off', '-c', 'max_connections=300'])
      .start(),
    new RedisContainer('redis:8').start(),
  ])
  return {
    postgresUrl: pg.getConnectionUri(),
    redisUrl: redis.getConnectionUrl(),
    async stop() {
      await Promise.all([pg.stop(), redis.stop()])
    },
  }
}
