import { z } from 'zod'
import { readEnv } from '@partyline/kit/config'
import { authTokens, env as shared, serviceEnv, toServiceConfig } from '@partyline/kit/env'
import { pushHostsEnv } from '@partyline/kit/push-hosts'
import { readSendLimits, sendLimitsEnv } from '@partyline/kit/send-limits'
import { mediaStoreEnv, refuseHalfS3, toMediaStore } from '@partyline/kit/media-store'
import { toTracingConfig, tracingEnv } from '@partyline/kit/tracing-config'

const env = z
  .object({
    ...serviceEnv,
    ...tracingEnv,
    REDIS_DURABILITY: shared.REDIS_DURABILITY,
    PARTYLINE_DATA: shared.PARTYLINE_DATA,
    ...mediaStoreEnv,
    TWILIO_ACCOUNT_SID: shared.TWILIO_ACCOUNT_SID,
    TWILIO_AUTH_TOKEN: shared.TWILIO_AUTH_TOKEN,
    TWILIO_AUTH_TOKEN_SECONDARY: shared.TWILIO_AUTH_TOKEN_SECONDARY,
    TWILIO_API_KEY: z
      .string()
      .regex(/^SK[0-9a-fA-F]{32}$/, 'must be SK and 32 hex digits')
      .optional(),
    TWILIO_API_SECRET: z.string().min(1).optional(),
    TWILIO_API_URL: z.url({ protocol: /^https?$/ }).optional(),
    TWILIO_TIMEOUT_MS: z.coerce.number().int().min(100).default(30_000),
    TWILIO_CONCURRENCY: z.coerce.number().int().min(1).max(1_000).default(100),
    CLAIM_LEASE_MS: z.coerce.number().int().min(1_000).default(45_000),
    SETTLE_MS: z.coerce.number().int().min(100).default(120_000),
    AMBIGUOUS_POLICY: z.enum(['resend_after_settle', 'hold']).default('resend_after_settle'),
    ...sendLimitsEnv,
    ...pushHostsEnv,
    BACKFILL_EVERY_MS: z.coerce.number().int().min(100).default(60_000),
    DISPATCHER_PORT: z.coerce.number().int().min(0).max(65_535).default(3002),
  })
  .refine((raw) => (raw.TWILIO_API_KEY === undefined) === (raw.TWILIO_API_SECRET === undefined), {
    path: ['TWILIO_API_SECRET'],
    message: 'TWILIO_API_KEY and TWILIO_API_SECRET go together',
  })
  .refine((raw) => raw.CLAIM_LEASE_MS > raw.TWILIO_TIMEOUT_MS, {
    path: ['CLAIM_LEASE_MS'],
    message: 'must be longer than TWILIO_TIMEOUT_MS',
  })
  .superRefine(refuseHalfS3)
  .transform((raw) => ({
    ...toServiceConfig(raw),
    tracing: toTracingConfig(raw),
    redisDurability: raw.REDIS_DURABILITY,
    dataFolder: raw.PARTYLINE_DATA,
    mediaStore: toMediaStore(raw),
    /** Either may have sealed what waits in Redis while a token is being rotated. */
    authTokens: authTokens(raw),
    twilio: {
      accountSid: raw.TWILIO_ACCOUNT_SID,
      username: raw.TWILIO_API_KEY ?? raw.TWILIO_ACCOUNT_SID,
      password: raw.TWILIO_API_SECRET ?? raw.TWILIO_AUTH_TOKEN,
      /** Replaces scheme, host and port of every call; unset is Twilio itself. */
      apiUrl: raw.TWILIO_API_URL,
    },
    sending: {
      timeoutMs: raw.TWILIO_TIMEOUT_MS,
      /** Calls under way at once, of all dispatchers together. */
      concurrency: raw.TWILIO_CONCURRENCY,
      leaseMs: raw.CLAIM_LEASE_MS,
      settleMs: raw.SETTLE_MS,
      whenAbsent: raw.AMBIGUOUS_POLICY,
    },
    limits: readSendLimits(raw),
    pushHosts: raw.PUSH_HOSTS ?? [],
    recovering: {
      everyMs: raw.BACKFILL_EVERY_MS,
      /** How old a text is before its webhook counts as lost. */
      graceMs: Math.min(raw.BACKFILL_EVERY_MS / 4, 15_000),
    },
    port: raw.DISPATCHER_PORT,
  }))

/** The names of all that it reads. */
export const variables = Object.keys(env.in.shape)

export type Config = z.output<typeof env>

export function loadConfig(from: NodeJS.ProcessEnv): Config {
  return readEnv(env, from)
}
