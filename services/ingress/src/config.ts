import { z } from 'zod'
import { readEnv } from '@partyline/kit/config'
import { authTokens, env as shared } from '@partyline/kit/env'

const env = z
  .object({
    LOG_LEVEL: shared.LOG_LEVEL,
    DATABASE_URL: shared.DATABASE_URL,
    REDIS_URL: shared.REDIS_URL,
    REDIS_DURABILITY: shared.REDIS_DURABILITY,
    QUEUE_PREFIX: shared.QUEUE_PREFIX,
    PUBLIC_URL: shared.PUBLIC_URL,
    TWILIO_ACCOUNT_SID: shared.TWILIO_ACCOUNT_SID,
    TWILIO_AUTH_TOKEN: shared.TWILIO_AUTH_TOKEN,
    TWILIO_AUTH_TOKEN_SECONDARY: shared.TWILIO_AUTH_TOKEN_SECONDARY,
    TRUSTED_PROXIES: shared.TRUSTED_PROXIES,
    INGRESS_PORT: z.coerce.number().int().min(0).max(65_535).default(3001),
  })
  .transform((raw) => ({
    logLevel: raw.LOG_LEVEL,
    databaseUrl: raw.DATABASE_URL,
    redis: { url: raw.REDIS_URL, prefix: raw.QUEUE_PREFIX },
    redisDurability: raw.REDIS_DURABILITY,
    publicUrl: raw.PUBLIC_URL,
    accountSid: raw.TWILIO_ACCOUNT_SID,
    /** Either may have signed while a token is being rotated. */
    authTokens: authTokens(raw),
    trustedProxies: raw.TRUSTED_PROXIES,
    port: raw.INGRESS_PORT,
  }))

export type Config = z.output<typeof env>

export function loadConfig(from: NodeJS.ProcessEnv): Config {
  return readEnv(env, from)
}
