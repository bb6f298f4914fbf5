import { readEnv } from '@partyline/kit/config'
import { env as shared } from '@partyline/kit/env'
import { z } from 'zod'
import { demo } from '../demo/wanted.ts'
import { lineSeeds } from '../line-seeds.ts'

const environment = z.object({
  DATABASE_URL: shared.DATABASE_URL,
  PUBLIC_URL: shared.PUBLIC_URL,
  ADMIN_EMAIL: z.email().optional(),
  DEMO: demo,
  API_URL: z.url({ protocol: /^https?$/ }).optional(),
  SIMULATOR_URL: z.url({ protocol: /^https?$/ }).optional(),
  ...lineSeeds,
})

/** The names of all that it reads. */
export const variables = Object.keys(environment.shape)

export type Config = ReturnType<typeof loadConfig>

export function loadConfig(from: NodeJS.ProcessEnv) {
  const { DATABASE_URL, PUBLIC_URL, ADMIN_EMAIL, DEMO, API_URL, SIMULATOR_URL, ...seeds } = readEnv(
    environment,
    from,
  )
  return {
    databaseUrl: DATABASE_URL,
    publicUrl: PUBLIC_URL,
    /** The api makes this one, so that nobody has to be let in by a link. */
    adminEmail: ADMIN_EMAIL,
    demo: DEMO,
    /** Where they answer; undefined when Twilio is at work. */
    simulated:
      API_URL !== undefined && SIMULATOR_URL !== undefined
        ? { apiUrl: API_URL, simulatorUrl: SIMULATOR_URL }
        : undefined,
    seeds,
  }
}
