import { ConfigError, readEnv } from '@partyline/kit/config'
import { env as shared } from '@partyline/kit/env'
import { z } from 'zod'
import { type ServiceName, services } from '../programs.ts'

const environment = z.object({
  DATABASE_URL: shared.DATABASE_URL,
  INGRESS_DATABASE_URL: shared.DATABASE_URL.optional(),
  DISPATCHER_DATABASE_URL: shared.DATABASE_URL.optional(),
  REALTIME_DATABASE_URL: shared.DATABASE_URL.optional(),
  API_DATABASE_URL: shared.DATABASE_URL.optional(),
  REDIS_URL: shared.REDIS_URL.optional(),
})

/** Which variable says as whom a service connects. */
export function databaseVariable(name: ServiceName) {
  return `${name.toUpperCase() as Uppercase<ServiceName>}_DATABASE_URL` as const
}

export interface MigrateConfig {
  ownerUrl: string
  /** Undefined: nobody but the owner connects. */
  serviceUrls: Record<ServiceName, string> | undefined
  redisUrl: string | undefined
}

export function loadConfig(from: NodeJS.ProcessEnv): MigrateConfig {
  const read = readEnv(environment, from)
  const names = Object.keys(services) as ServiceName[]
  const urls = names.map((name) => [name, read[databaseVariable(name)]] as const)
  const missing = urls.filter(([, url]) => url === undefined)
  if (missing.length > 0 && missing.length < urls.length) {
    const named = missing.map(([name]) => databaseVariable(name)).join(', ')
    throw new ConfigError(`Bad environment: ${named}: give all of the four or none.`)
  }
  return {
    ownerUrl: read.DATABASE_URL,
    serviceUrls:
      missing.length === 0 ? (Object.fromEntries(urls) as Record<ServiceName, string>) : undefined,
    redisUrl: read.REDIS_URL,
  }
}
