import { z } from 'zod'
import { trustedProxies } from './trusted-proxies.ts'

/** What is in braces decides where a Redis Cluster keeps a key, and all of ours belong together. */
const hashTagged = (prefix: string) => (/\{.+\}/.test(prefix) ? prefix : `{${prefix}}`)

/** Variables of every service; spread them into its own. */
export const serviceEnv = {
  LOG_LEVEL: z.enum(['silent', 'debug', 'info', 'warn', 'error']).default('info'),
  DATABASE_URL: z.url({
    protocol: /^postgres(ql)?$/,
    error: 'must be set, as postgres://user:password@host:5432/database',
  }),
  REDIS_URL: z.url({
    protocol: /^rediss?$/,
    error: 'must be set, as redis://:password@host:6379 (rediss: for TLS)',
  }),
  QUEUE_PREFIX: z.string().min(1).default('partyline').transform(hashTagged),
  PUBLIC_URL: z
    .url({ protocol: /^https?$/, error: 'must be an address such as https://text.example.com' })
    .default('http://localhost:8080')
    .transform((url) => url.replace(/\/+$/, '')),
}

/** What a service makes of them. */
export const toServiceConfig = (read: z.output<z.ZodObject<typeof serviceEnv>>) => ({
  logLevel: read.LOG_LEVEL,
  databaseUrl: read.DATABASE_URL,
  redis: { url: read.REDIS_URL, prefix: read.QUEUE_PREFIX },
  publicUrl: read.PUBLIC_URL,
})

/** Variables that more than one service reads. Each has one name, one rule and one default. */
export const env = {
  ...serviceEnv,
  REDIS_DURABILITY: z.enum(['require', 'warn']).default('require'),
  TRUSTED_PROXIES: trustedProxies,
  DEFAULT_COUNTRY: z
    .string()
    .regex(/^[A-Z]{2}$/, 'must be a two-letter country code such as US')
    .default('US'),
  PARTYLINE_DATA: z.string().min(1).default('.data'),
  TWILIO_ACCOUNT_SID: z.string().regex(/^AC[0-9a-fA-F]{32}$/, 'must be AC and 32 hex digits'),
  TWILIO_AUTH_TOKEN: z.string().trim().min(1),
  TWILIO_AUTH_TOKEN_SECONDARY: z.string().trim().min(1).optional(),
}

/** The tokens that count: the one in use, and while one is rotated the other. */
export function authTokens(read: {
  TWILIO_AUTH_TOKEN: string
  TWILIO_AUTH_TOKEN_SECONDARY?: string | undefined
}): readonly [string, ...string[]] {
  const { TWILIO_AUTH_TOKEN: first, TWILIO_AUTH_TOKEN_SECONDARY: second } = read
  return second === undefined ? [first] : [first, second]
}
