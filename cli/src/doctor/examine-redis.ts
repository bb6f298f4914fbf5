import { inspectRedis } from '@partyline/kit/inspect-redis'
import { checkRedisDurability } from '@partyline/kit/redis-durability'
import { checkDurability, checkRedis } from './check-redis.ts'
import type { Patient } from './examine.ts'
import type { Finding } from './finding.ts'

/** Redis. When it cannot be reached that is all there is to say. */
export async function examineRedis({ redis, settings }: Patient): Promise<Finding[]> {
  const { config } = settings
  const connection = await redis()
  const durability = await checkRedisDurability(config.redis.url)
  const server = await inspectRedis(connection, config.redis.prefix)
  return [...checkRedis(server), checkDurability(durability, config.redisDurability)]
}
