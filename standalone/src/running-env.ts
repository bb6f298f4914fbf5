import { databaseUsers } from '@partyline/db/roles'
import type { Config } from './config.ts'
import type { Infra } from './infra.ts'

type Told = Record<'TWILIO_ACCOUNT_SID' | 'TWILIO_AUTH_TOKEN' | 'TWILIO_API_URL', string>

/** What was made up for this run, and so stands in no environment. */
export function runningEnv(
  { databaseUrl, redisUrl, publicUrl, dataFolder }: Config,
  infra: Infra,
  simulator: Told | undefined,
): Record<string, string> {
  const users = databaseUsers.map(
    (name) =>
      [
        `${name.toUpperCase()}_DATABASE_URL`,
        infra.serviceUrls?.[name] ?? infra.databaseUrl,
      ] as const,
  )
  return {
    ...{ PUBLIC_URL: publicUrl, PARTYLINE_DATA: dataFolder },
    ...(databaseUrl === undefined && {
      DATABASE_URL: infra.databaseUrl,
      ...Object.fromEntries(users),
    }),
    ...(redisUrl === undefined && { REDIS_URL: infra.redisUrl }),
    ...simulator,
  }
}
