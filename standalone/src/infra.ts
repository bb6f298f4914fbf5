import path from 'node:path'
import { randomBytes } from 'node:crypto'
import type { Config } from './config.ts'
import type { DataFolder } from './data-folder.ts'
import { startPostgres } from './postgres.ts'
import { startRedis } from './redis.ts'

export interface Infra {
  databaseUrl: string
  redisUrl: string
}

/** The Postgres and Redis that the environment names, and embedded ones for what it does not. */
export async function startInfra(
  config: Pick<Config, 'databaseUrl' | 'redisUrl'>,
  data: DataFolder,
  resources: AsyncDisposableStack,
): Promise<Infra> {
  const options = (name: string) => ({
    folder: path.join(data.path, name),
    password: data.secret(`${name} password`, () => randomBytes(24).toString('base64url')),
    durable: true,
  })
  const embedded = async (start: typeof startPostgres | typeof startRedis, name: string) => {
    const server = await start(options(name))
    resources.defer(() => server.stop())
    return server.url
  }
  // Both are waited for, so that one that fails leaves no other running behind.
  const [postgres, redis] = await Promise.allSettled([
    config.databaseUrl ?? embedded(startPostgres, 'postgres'),
    config.redisUrl ?? embedded(startRedis, 'redis'),
  ])
  if (postgres.status === 'rejected') throw postgres.reason
  if (redis.status === 'rejected') throw redis.reason
  return { databaseUrl: postgres.value, redisUrl: redis.value }
}
