import path from 'node:path'
import { randomBytes } from 'node:crypto'
import type { ServiceUrls } from '@partyline/db/roles'
import { serviceUrls } from '@partyline/db/service-urls'
import { checkRedisDurability } from '@partyline/kit/redis-durability'
import type { Config } from './config.ts'
import type { DataFolder } from './data-folder.ts'
import { startPostgres } from './postgres.ts'
import { complain } from '@partyline/cli/print'
import { startRedis } from './redis.ts'
import { KnownError } from '@partyline/cli/known-error'

export interface Infra {
  databaseUrl: string
  /** The services' own users; undefined on a database of somebody else's, which may not allow any. */
  serviceUrls: ServiceUrls | undefined
  redisUrl: string
}

const newPassword = () => randomBytes(24).toString('base64url')

/** The Postgres and Redis that the environment names, and embedded ones for what it does not. */
export async function startInfra(
  config: Pick<Config, 'databaseUrl' | 'redisUrl' | 'redisDurability'>,
  data: DataFolder,
  resources: AsyncDisposableStack,
): Promise<Infra> {
  const options = (name: string) => ({
    folder: path.join(data.path, name),
    password: data.secret(`${name} password`, newPassword),
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
    config.redisUrl === undefined
      ? embedded(startRedis, 'redis')
      : durable(config.redisUrl, config.redisDurability),
  ])
  if (postgres.status === 'rejected') throw postgres.reason
  if (redis.status === 'rejected') throw redis.reason
  const serviceUrls =
    config.databaseUrl === undefined ? serviceUrlsOf(postgres.value, data) : undefined
  return { databaseUrl: postgres.value, serviceUrls, redisUrl: redis.value }
}

const serviceUrlsOf = (ownerUrl: string, data: DataFolder): ServiceUrls =>
  serviceUrls(ownerUrl, (service) => ({
    name: `partyline_${service}`,
    password: data.secret(`postgres password of ${service}`, newPassword),
  }))

async function durable(url: string, durability: Config['redisDurability']): Promise<string> {
  const found = await checkRedisDurability(url)
  if (found.state === 'unsafe' && durability === 'require') throw new KnownError(found.advice)
  if (found.state === 'untold') complain(found.advice)
  return url
}
