import path from 'node:path'
import { loadConfig as apiConfig } from '@partyline/api/config'
import { loadConfig as dispatcherConfig } from '@partyline/dispatcher/config'
import { loadConfig as ingressConfig } from '@partyline/ingress/config'
import { ConfigError, readEnv } from '@partyline/kit/config'
import { env as shared } from '@partyline/kit/env'
import { readSecrets } from '@partyline/kit/secrets'
import { loadConfig as realtimeConfig } from '@partyline/realtime/config'
import { z } from 'zod'
import { lineSeeds } from './line-seeds.ts'

const environment = z
  .object({
    PORT: z.coerce.number().int().min(1).max(65_535).default(8080),
    PUBLIC_URL: shared.PUBLIC_URL,
    PARTYLINE_DATA: shared.PARTYLINE_DATA,
    DATABASE_URL: shared.DATABASE_URL.optional(),
    REDIS_URL: shared.REDIS_URL.optional(),
    REDIS_DURABILITY: shared.REDIS_DURABILITY,
    TWILIO_ACCOUNT_SID: shared.TWILIO_ACCOUNT_SID.optional(),
    TWILIO_AUTH_TOKEN: shared.TWILIO_AUTH_TOKEN.optional(),
    ADMIN_EMAIL: z.email().optional(),
    ADMIN_PASSWORD: z.string().min(8, 'at least 8 characters').max(200).optional(),
    ...lineSeeds,
  })
  .superRefine((read, context) => {
    for (const [one, other] of pairs) {
      if (read[one] === undefined || read[other] !== undefined) continue
      context.addIssue({ code: 'custom', path: [other], message: `is needed with ${one}` })
    }
  })

const pairs = [
  ['TWILIO_ACCOUNT_SID', 'TWILIO_AUTH_TOKEN'],
  ['TWILIO_AUTH_TOKEN', 'TWILIO_ACCOUNT_SID'],
  ['ADMIN_EMAIL', 'ADMIN_PASSWORD'],
  ['ADMIN_PASSWORD', 'ADMIN_EMAIL'],
] as const

/** What the services are told. Each reads from it what it declares, as it does from a process's environment. */
export type ServiceEnv = NodeJS.ProcessEnv & Record<Given, string>
type Given = 'DATABASE_URL' | 'REDIS_URL' | 'TWILIO_ACCOUNT_SID' | 'TWILIO_AUTH_TOKEN'

export type Config = ReturnType<typeof loadConfig>

/** Reads the whole environment, of every service too, and names everything that is wrong with it at once. */
export function loadConfig(given: NodeJS.ProcessEnv, root: string) {
  // Secrets in files are read once, here: what the services are told may hold others in their place.
  const { env, problems: badSecrets } = readSecrets(given)
  const problems = new Set(badSecrets)
  // Who asks for another port means this machine, unless told otherwise.
  const publicUrl =
    env['PUBLIC_URL'] || `http://localhost:${/^\d+$/.exec(env['PORT'] ?? '')?.[0] ?? 8080}`
  const read = collect(problems, () => readEnv(environment, { ...env, PUBLIC_URL: publicUrl }))
  const known = {
    ...env,
    PUBLIC_URL: read?.PUBLIC_URL ?? publicUrl,
    PARTYLINE_DATA: path.resolve(root, read?.PARTYLINE_DATA ?? '.data'),
    // With so much in one terminal, only what needs attention, unless told otherwise.
    LOG_LEVEL: env['LOG_LEVEL'] || 'warn',
  }
  for (const check of [ingressConfig, dispatcherConfig, realtimeConfig, apiConfig]) {
    collect(problems, () => check({ ...pending, ...withoutEmpty(known) }))
  }
  if (!read || problems.size > 0) {
    throw new ConfigError(`Bad environment: ${[...problems].join('; ')}. See .env.example.`)
  }
  const { TWILIO_ACCOUNT_SID: accountSid, TWILIO_AUTH_TOKEN: authToken } = read
  const { ADMIN_EMAIL: email, ADMIN_PASSWORD: password } = read
  return {
    port: read.PORT,
    publicUrl: known.PUBLIC_URL,
    dataFolder: known.PARTYLINE_DATA,
    databaseUrl: read.DATABASE_URL,
    redisUrl: read.REDIS_URL,
    redisDurability: read.REDIS_DURABILITY,
    twilio: accountSid && authToken ? { accountSid, authToken } : undefined,
    admin: email && password ? { email, password } : undefined,
    read,
    serviceEnv: (given: Record<Given, string>): ServiceEnv => ({ ...known, ...given }),
  }
}

/** Stands in for what is known only once the servers run, so that everything else can be checked before. */
const pending: Record<Given, string> = {
  DATABASE_URL: 'postgres://pending',
  REDIS_URL: 'redis://pending',
  TWILIO_ACCOUNT_SID: `AC${'0'.repeat(32)}`,
  TWILIO_AUTH_TOKEN: 'pending',
}

function withoutEmpty(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''))
}

function collect<T>(problems: Set<string>, read: () => T): T | undefined {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    for (const line of error.message.split('\n')) {
      if (line.startsWith('  ')) problems.add(line.trim())
    }
    return undefined
  }
}
