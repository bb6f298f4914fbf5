import { Redis, type RedisOptions } from 'ioredis'
import type { Logger } from './log.ts'
import { askCluster, type Node, openOnce } from './redis-cluster.ts'

/** With these a text that was acknowledged survives whatever happens to Redis. */
const needed = {
  appendonly: 'yes',
  appendfsync: 'always',
  'maxmemory-policy': 'noeviction',
} as const

export type RedisDurability =
  | { state: 'durable' }
  | { state: 'unsafe'; advice: string }
  /** A managed Redis may hide its settings, and one that is down cannot be asked. */
  | { state: 'untold'; advice: string }

const patienceMs = 3_000

/** Whether a 2xx to Twilio may rest on this Redis; of a cluster, on each of its nodes. */
export async function checkRedisDurability(url: string): Promise<RedisDurability> {
  // Reads the address, and is never connected.
  const { options } = new Redis(url, { lazyConnect: true })
  try {
    const given = { host: options.host ?? 'localhost', port: options.port ?? 6379 }
    const cluster = await askCluster(options, given, '')
    const nodes = cluster?.nodes.length ? cluster.nodes : [given]
    const found = await Promise.all(nodes.map((node) => checkNode(options, node)))
    return found.find(({ state }) => state === 'unsafe') ?? found.find(isUntold) ?? durable
  } catch {
    return untold
  }
}

async function checkNode(options: RedisOptions, node: Node): Promise<RedisDurability> {
  const redis = openOnce(options, node, patienceMs)
  try {
    return judge(await readSettings(redis))
  } catch {
    return untold
  } finally {
    redis.disconnect()
  }
}

async function readSettings(redis: Redis): Promise<Map<string, string>> {
  const told = new Map<string, string>()
  for (const name of Object.keys(needed)) {
    const [, value] = await redis.config('GET', name)
    if (value !== undefined) told.set(name, value)
  }
  return told
}

const wish = `It must have ${Object.entries(needed)
  .map(([name, value]) => `${name} ${value}`)
  .join(', ')}.`

const durable: RedisDurability = { state: 'durable' }
const untold: RedisDurability = {
  state: 'untold',
  advice: `Redis could not be asked for its settings. ${wish}`,
}
const isUntold = ({ state }: RedisDurability) => state === 'untold'

function judge(told: Map<string, string>): RedisDurability {
  const wrong = Object.entries(needed).filter(([name, value]) => told.get(name) !== value)
  if (wrong.length === 0) return durable
  const settings = wrong.map(([name, value]) => `${name} ${value}`).join(', ')
  const advice = `Redis would lose texts that were acknowledged. Set in its configuration: ${settings}; or set REDIS_DURABILITY=warn to take that risk.`
  return { state: 'unsafe', advice }
}

/** False, with one line in the log that says what to set, when the service must not start on this Redis. */
export async function mayRelyOnRedis(
  url: string,
  durability: 'require' | 'warn',
  log: Logger,
): Promise<boolean> {
  const found = await checkRedisDurability(url)
  if (found.state === 'durable') return true
  const refused = found.state === 'unsafe' && durability === 'require'
  if (refused) log.fatal(found.advice)
  else log.warn(found.advice)
  return !refused
}
