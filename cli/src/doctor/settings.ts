import { type Config, loadConfig as dispatcherConfig } from '@partyline/dispatcher/config'
import { databaseUsers, type ServiceUrls } from '@partyline/db/roles'
import { ConfigError } from '@partyline/kit/config'
import { readSecrets } from '@partyline/kit/secrets'
import { services } from '../programs.ts'

/** What an installation was told, as far as it makes sense. */
export interface Settings {
  /** `NAME: what is wrong`, of every service. */
  problems: string[]
  /** The names in it: what `config` says of these means nothing. */
  wrong: ReadonlySet<string>
  config: Config
  /** How each service connects; the same for all where they have no users of their own. */
  databaseUrls: ServiceUrls
  secondaryToken: string | undefined
  /** Where PUBLIC_URL is on a network that it is not known in; only for the simulator's webhooks. */
  webhookUrl: string | undefined
}

/** Stands in for what is missing or wrong, so that everything else can be read. */
const pending = {
  DATABASE_URL: 'postgres://pending',
  REDIS_URL: 'redis://pending',
  TWILIO_ACCOUNT_SID: `AC${'0'.repeat(32)}`,
  TWILIO_AUTH_TOKEN: 'pending',
}

/** What means nothing either while one is wrong. */
const goesWith: Record<string, string[]> = {
  TWILIO_API_SECRET: ['TWILIO_API_KEY'],
  CLAIM_LEASE_MS: ['TWILIO_TIMEOUT_MS'],
  S3_ENDPOINT: ['MEDIA_STORE'],
  S3_BUCKET: ['MEDIA_STORE'],
  S3_ACCESS_KEY_ID: ['MEDIA_STORE'],
  S3_SECRET_ACCESS_KEY: ['MEDIA_STORE'],
}

/** Reads the environment by the rules of every service. What is wrong with one variable hides no other. */
export function readSettings(given: NodeJS.ProcessEnv): Settings {
  const { env, problems: unread } = readSecrets(given)
  const urls = databaseUsers.map((name) => [
    name,
    env[`${name.toUpperCase()}_DATABASE_URL`] || env['DATABASE_URL'],
  ])
  const databaseUrls = Object.fromEntries(urls) as ServiceUrls
  const problems = new Set(unread)
  for (const name of databaseUsers) {
    for (const line of problemsOf(services[name].loadConfig, {
      ...env,
      DATABASE_URL: databaseUrls[name],
    })) {
      problems.add(line)
    }
  }
  const named = [...problems].map(nameOf)
  const wrong = new Set(named.flatMap((name) => [name, ...(goesWith[name] ?? [])]))
  const present = Object.entries(env).filter(([name, value]) => value && !wrong.has(name))
  return {
    problems: [...problems],
    wrong,
    config: dispatcherConfig({ ...pending, ...Object.fromEntries(present) }),
    databaseUrls,
    secondaryToken: env['TWILIO_AUTH_TOKEN_SECONDARY'] || undefined,
    webhookUrl: env['SIMULATOR_WEBHOOK_URL']?.replace(/\/+$/, '') || undefined,
  }
}

function problemsOf(load: (env: NodeJS.ProcessEnv) => unknown, env: NodeJS.ProcessEnv): string[] {
  try {
    load(env)
    return []
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    const lines = error.message.split('\n').filter((line) => line.startsWith('  '))
    return lines.map((line) => line.trim())
  }
}

/** What is wrong with a secret's file is wrong with the secret. */
const nameOf = (problem: string) => problem.replace(/:.*$/s, '').replace(/_FILE$/, '')
