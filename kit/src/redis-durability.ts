import { Redis } from 'ioredis'
import type { Logger } from './log.ts'

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

/** Whether a 2xx to Twilio may rest on this Redis. */
export async function checkRedisDurability(url: string): Promise<RedisDurability> {
  const redis = new Redis(url, {
    lazyConnect: true,
    maxRetriesPerRequest: 0,
    connectTimeout: patienceMs,
    retryStrategy: () => null,
  })
  // What it says comes back from the call below.
  redis.on('error', () => undefined)
  // One that hangs accepts the connection and then says nothing.
  const timer = setTimeout(() => redis.disconnect(), patienceMs)
  try {
    await redis.connect()
    return judge(await readSettings(redis))
  } catch {
    return { state: 'untold', advice: `Redis could not be asked for its settings. ${wish}` }
  } finally {
    clearTimeout(timer)
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

function judge(told: Map<string, string>): RedisDurability {
  const wrong = Object.entries(needed).filter(([name, value]) => told.get(name) !== value)
  if (wrong.length === 0) return { state: 'durable' }
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
