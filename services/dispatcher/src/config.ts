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
    PARTYLINE_DATA: shared.PARTYLINE_DATA,
    TWILIO_ACCOUNT_SID: shared.TWILIO_ACCOUNT_SID,
    TWILIO_AUTH_TOKEN: shared.TWILIO_AUTH_TOKEN,
    TWILIO_API_KEY: z
      .string()
      .regex(/^SK[0-9a-fA-F]{32}$/, 'must be SK and 32 hex digits')
      .optional(),
    TWILIO_API_SECRET: z.string().min(1).optional(),
    TWILIO_API_URL: z.url({ protocol: /^https?$/ }).optional(),
    DISPATCHER_PORT: z.coerce.number().int().min(0).max(65_535).default(3002),
  })
  .refine((raw) => (raw.TWILIO_API_KEY === undefined) === (raw.TWILIO_API_SECRET === undefined), {
    path: ['TWILIO_API_SECRET'],
    message: 'TWILIO_API_KEY and TWILIO_API_SECRET go together',
  })
  .transform((raw) => ({
    logLevel: raw.LOG_LEVEL,
    databaseUrl: raw.DATABASE_URL,
    redis: { url: raw.REDIS_URL, prefix: raw.QUEUE_PREFIX },
    publicUrl: raw.PUBLIC_URL,
    dataFolder: raw.PARTYLINE_DATA,
    twilio: {
      accountSid: raw.TWILIO_ACCOUNT_SID,
      username: raw.TWILIO_API_KEY ?? raw.TWILIO_ACCOUNT_SID,
      password: raw.TWILIO_API_SECRET ?? raw.TWILIO_AUTH_TOKEN,
      /** Replaces scheme, host and port of every call; unset is Twilio itself. */
      apiUrl: raw.TWILIO_API_URL,
    },
    port: raw.DISPATCHER_PORT,
  }))

export type Config = z.output<typeof env>

export function loadConfig(from: NodeJS.ProcessEnv): Config {
  return readEnv(env, from)
}
