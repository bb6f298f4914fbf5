import { z } from 'zod'
import { readEnv } from '@partyline/kit/config'
import { serviceEnv, toServiceConfig } from '@partyline/kit/env'

const env = z
  .object({
    ...serviceEnv,
    REALTIME_PORT: z.coerce.number().int().min(0).max(65_535).default(3003),
  })
  .transform((raw) => ({
    ...toServiceConfig(raw),
    port: raw.REALTIME_PORT,
  }))

/** The names of all that it reads. */
export const variables = Object.keys(env.in.shape)

export type Config = z.output<typeof env>

export function loadConfig(from: NodeJS.ProcessEnv): Config {
  return readEnv(env, from)
}
