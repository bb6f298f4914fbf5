import { z } from 'zod'
import { password } from '@partyline/contracts/api/session'
import { readEnv } from '@partyline/kit/config'
import { env as shared, serviceEnv, toServiceConfig } from '@partyline/kit/env'
import { pushHostsEnv } from '@partyline/kit/push-hosts'
import { readSendLimits, sendLimitsEnv } from '@partyline/kit/send-limits'
import { mediaStoreEnv, refuseHalfS3, toMediaStore } from '@partyline/kit/media-store'
import { toTracingConfig, tracingEnv } from '@partyline/kit/tracing-config'

const env = z
  .object({
    ...serviceEnv,
    ...tracingEnv,
    DEFAULT_COUNTRY: shared.DEFAULT_COUNTRY,
    ...sendLimitsEnv,
    ...pushHostsEnv,
    PARTYLINE_DATA: shared.PARTYLINE_DATA,
    ...mediaStoreEnv,
    TWILIO_ACCOUNT_SID: shared.TWILIO_ACCOUNT_SID.optional(),
    LIMIT: z.coerce
      .number()
      .int()
      .min(1, 'must be 1 to 100')
      .max(100, 'must be 1 to 100')
      .default(20),
    ADMIN_EMAIL: z.email().optional(),
    ADMIN_PASSWORD: password.optional(),
    TRUSTED_PROXIES: shared.TRUSTED_PROXIES,
    API_PORT: z.coerce.number().int().min(0).max(65_535).default(3004),
  })
  .refine((raw) => (raw.ADMIN_EMAIL === undefined) === (raw.ADMIN_PASSWORD === undefined), {
    path: ['ADMIN_PASSWORD'],
    message: 'ADMIN_EMAIL and ADMIN_PASSWORD go together',
  })
  .superRefine(refuseHalfS3)
  .transform((raw) => ({
    ...toServiceConfig(raw),
    tracing: toTracingConfig(raw),
    defaultCountry: raw.DEFAULT_COUNTRY,
    limits: readSendLimits(raw),
    pushHosts: raw.PUSH_HOSTS ?? [],
    dataFolder: raw.PARTYLINE_DATA,
    mediaStore: toMediaStore(raw),
    /** Without Twilio credentials the simulator stands in for Twilio. */
    simulated: raw.TWILIO_ACCOUNT_SID === undefined,
    accountSid: raw.TWILIO_ACCOUNT_SID ?? null,
    limit: raw.LIMIT,
    admin:
      raw.ADMIN_EMAIL !== undefined && raw.ADMIN_PASSWORD !== undefined
        ? { email: raw.ADMIN_EMAIL, password: raw.ADMIN_PASSWORD }
        : undefined,
    trustedProxies: raw.TRUSTED_PROXIES,
    port: raw.API_PORT,
  }))

/** The names of all that it reads. */
export const variables = Object.keys(env.in.shape)

export type Config = z.output<typeof env>

export function loadConfig(from: NodeJS.ProcessEnv): Config {
  return readEnv(env, from)
}
