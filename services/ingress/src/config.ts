import { z } from 'zod'
import { readEnv } from '@partyline/kit/config'
import { authTokens, env as shared, serviceEnv, toServiceConfig } from '@partyline/kit/env'
import { toTracingConfig, tracingEnv } from '@partyline/kit/tracing-config'

const env = z
  .object({
    ...serviceEnv,
    ...tracingEnv,
    REDIS_DURABILITY: shared.REDIS_DURABILITY,
    TWILIO_ACCOUNT_SID: shared.TWILIO_ACCOUNT_SID,
    TWILIO_AUTH_TOKEN: shared.TWILIO_AUTH_TOKEN,
    TWILIO_AUTH_TOKEN_SECONDARY: shared.TWILIO_AUTH_TOKEN_SECONDARY,
    TRUSTED_PROXIES: shared.TRUSTED_PROXIES,
    INGRESS_PORT: z.coerce.number().int().min(0).max(65_535).default(3001),
  })
  .transform((raw) => ({
    ...toServiceConfig(raw),
    tracing: toTracingConfig(raw),
    redisDurability: raw.REDIS_DURABILITY,
    accountSid: raw.TWILIO_ACCOUNT_SID,
    /** Either may have signed while a token is being rotated. */
    authTokens: authTokens(raw),
    trustedProxies: raw.TRUSTED_PROXIES,
    port: raw.INGRESS_PORT,
  }))

/** The names of all that it reads. */
export const variables = Object.keys(env.in.shape)

export type Config = z.output<typeof env>

export function loadConfig(from: NodeJS.ProcessEnv): Config {
  return readEnv(env, from)
}
