import { ConfigError, readEnv } from '@partyline/kit/config'
import { env as shared } from '@partyline/kit/env'
import { z } from 'zod'
import { demo } from './demo/wanted.ts'
import { lineSeeds } from './line-seeds.ts'
import { programs } from './programs.ts'

const environment = z.object({
  PORT: z.coerce.number().int().min(1).max(65_535).default(8080),
  DOMAIN: z.hostname('must be a host name such as text.example.com').optional(),
  PUBLIC_URL: shared.PUBLIC_URL,
  DATABASE_URL: shared.DATABASE_URL.optional(),
  DATABASE_USERS: z.enum(['own', 'shared']).default('own'),
  REDIS_URL: shared.REDIS_URL.optional(),
  REDIS_DURABILITY: shared.REDIS_DURABILITY,
  TWILIO_ACCOUNT_SID: shared.TWILIO_ACCOUNT_SID.optional(),
  TWILIO_AUTH_TOKEN: shared.TWILIO_AUTH_TOKEN.optional(),
  DEMO: demo,
  ADMIN_EMAIL: z.email().optional(),
  ADMIN_PASSWORD: z.string().min(8, 'at least 8 characters').max(200).optional(),
  ...lineSeeds,
})

const pairs = [
  ['TWILIO_ACCOUNT_SID', 'TWILIO_AUTH_TOKEN'],
  ['TWILIO_AUTH_TOKEN', 'TWILIO_ACCOUNT_SID'],
  ['ADMIN_EMAIL', 'ADMIN_PASSWORD'],
  ['ADMIN_PASSWORD', 'ADMIN_EMAIL'],
] as const

/** What is said once for the whole installation, whoever of it reads it. */
export type Installation = z.output<typeof environment>

/** Stands in for what is made later, so that everything else can be checked before. */
const pending = {
  DATABASE_URL: 'postgres://pending',
  REDIS_URL: 'redis://pending',
  TWILIO_ACCOUNT_SID: `AC${'0'.repeat(32)}`,
  TWILIO_AUTH_TOKEN: 'pending',
}

/**
 * Checks an environment with its secrets in place by the rules of everything that will read it, and names
 * all that is wrong in one line, what was found before included.
 */
export function readInstallation(env: NodeJS.ProcessEnv, found: string[]): Installation {
  const problems = new Set(found)
  const read = collect(problems, () => readEnv(environment, env))
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''))
  for (const program of Object.values(programs)) {
    collect(problems, () => program.check({ ...pending, ...set }))
  }
  for (const [one, other] of pairs) {
    if (env[one] && !env[other]) problems.add(`${other}: is needed with ${one}`)
  }
  if (!read || problems.size > 0) {
    throw new ConfigError(`Bad environment: ${[...problems].join('; ')}. See .env.example.`)
  }
  return read
}

/** Where people find it on this machine: who asks for another port means that one. */
export function localUrl(env: NodeJS.ProcessEnv): string {
  return `http://localhost:${/^\d+$/.exec(env['PORT'] ?? '')?.[0] ?? 8080}`
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
