import { z } from 'zod'
import { env } from '@partyline/kit/env'

export const environment = z.object({
  LOG_LEVEL: env.LOG_LEVEL,
  PUBLIC_URL: env.PUBLIC_URL,
  DEFAULT_COUNTRY: env.DEFAULT_COUNTRY,
  TWILIO_ACCOUNT_SID: env.TWILIO_ACCOUNT_SID,
  TWILIO_AUTH_TOKEN: env.TWILIO_AUTH_TOKEN,
  TWILIO_API_KEY: z.string().min(1).optional(),
  TWILIO_API_SECRET: z.string().min(1).optional(),
  SIMULATOR_HOST: z.string().min(1).default('127.0.0.1'),
  SIMULATOR_PORT: z.coerce.number().int().min(0).max(65_535).default(8085),
  SIMULATOR_DATA: z.string().min(1).default('.data/simulator.sqlite'),
  SIMULATOR_WEBHOOK_URL: z.url({ protocol: /^https?$/ }).optional(),
})

export interface SimulatorConfig {
  accountSid: string
  authToken: string
  apiKey?: { sid: string; secret: string }
  /** Where webhooks and pictures are addressed to, and what signatures are computed over. */
  publicUrl: string
  /** Where to connect instead when `publicUrl` cannot be reached from here. */
  webhookBaseUrl?: string
  host: string
  port: number
  /** A file, or `:memory:`. */
  databaseFile: string
  defaultCountry: string
  /** How long a text stays in each status on its way. */
  latencyMs: number
}

export function toConfig(read: z.output<typeof environment>): SimulatorConfig {
  const { TWILIO_API_KEY: key, TWILIO_API_SECRET: secret, SIMULATOR_WEBHOOK_URL: reach } = read
  return {
    accountSid: read.TWILIO_ACCOUNT_SID,
    authToken: read.TWILIO_AUTH_TOKEN,
    ...(key !== undefined && secret !== undefined && { apiKey: { sid: key, secret } }),
    publicUrl: read.PUBLIC_URL,
    ...(reach !== undefined && { webhookBaseUrl: reach.replace(/\/+$/, '') }),
    host: read.SIMULATOR_HOST,
    port: read.SIMULATOR_PORT,
    databaseFile: read.SIMULATOR_DATA,
    defaultCountry: read.DEFAULT_COUNTRY,
    latencyMs: 120,
  }
}
