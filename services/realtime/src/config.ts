import { z } from 'zod'
import { readEnv } from '@partyline/kit/config'
import { env as shared } from '@partyline/kit/env'

const env = z
  .object({
    LOG_LEVEL: shared.LOG_LEVEL,
    DATABASE_URL: shared.DATABASE_URL,
    REDIS_URL: shared.REDIS_URL,
    QUEUE_PREFIX: shared.QUEUE_PREFIX,
    PUBLIC_URL: shared.PUBLIC_URL,
    REALTIME_PORT: z.coerce.number().int().min(0).max(65_535).default(3003),
  })
  .transform((raw) => ({
    logLevel: raw.LOG_LEVEL,
    databaseUrl: raw.DATABASE_URL,
    redis: { url: raw.REDIS_URL, prefix: raw.QUEUE_PREFIX },
    publicUrl: raw.PUBLIC_URL,
    port: raw.REALTIME_PORT,
  }))

export type Config = z.output<typeof env>

export function loadConfig(from: NodeJS.ProcessEnv): Config {
  return readEnv(env, from)
}
