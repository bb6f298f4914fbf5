import type { Installation } from '../installation.ts'
import type { KeptSecrets } from '../kept-secrets.ts'
import { databaseVariable } from '../migrate/config.ts'
import { programs, type ServiceName } from '../programs.ts'
import { redisSettings } from '../redis-settings.ts'
import { simulatorCredentials } from '../simulator-credentials.ts'
import { variables as welcomeVariables } from '../welcome/config.ts'
import { findStores, type Stores } from './stores.ts'
import { trustedByCaddy } from './trusted-by-caddy.ts'
import type { Files } from './write-folder.ts'

interface Given {
  read: Installation
  /** What `read` was read from. */
  env: NodeJS.ProcessEnv
  secret: KeptSecrets
}

/** Where containers find each other; docker-compose.yml and the Caddyfile say the same. */
const inside = {
  web: 'http://web:8081',
  api: 'http://api:3004',
  simulator: 'http://simulator:8085',
}

/** What goes into the folder of each container: what it reads, and nothing else. */
export function toFolders({ read, env, secret }: Given): Record<string, Files> {
  const stores = findStores(read, secret)
  const simulated = read.TWILIO_ACCOUNT_SID === undefined
  const account = simulated ? simulatorAccount(secret) : {}
  const all = { ...forContainers(env, read), REDIS_URL: stores.redisUrl }
  const service = (name: ServiceName, more = {}) =>
    pick(programs[name].variables, { ...all, ...more, DATABASE_URL: urlOf(name, stores) })
  return {
    postgres: { password: stores.passwords.postgres },
    redis: { 'redis.conf': redisConf(stores.passwords.redis) },
    migrate: migrateFiles(stores),
    ingress: service('ingress', account),
    dispatcher: service('dispatcher', account),
    realtime: service('realtime'),
    // Not told of the simulator's account, it knows that there is none at Twilio.
    api: service('api'),
    simulator: simulated ? pick(programs.simulator.variables, { ...all, ...account }) : {},
    web: trustedByCaddy(env['TRUSTED_PROXIES']),
    welcome: pick(welcomeVariables, {
      ...all,
      DATABASE_URL: urlOf('api', stores),
      ...(simulated && { API_URL: inside.api, SIMULATOR_URL: inside.simulator }),
    }),
  }
}

/** What `.env` says, with what it says of processes side by side on one machine made right for containers. */
function forContainers(env: NodeJS.ProcessEnv, { PUBLIC_URL }: Installation): NodeJS.ProcessEnv {
  const { TRUSTED_PROXIES: trusted, SIMULATOR_WEBHOOK_URL: webhookUrl, ...given } = env
  const ports = Object.keys(env).filter((name) => /^[A-Z]+_PORT$/.test(name))
  return {
    ...given,
    ...Object.fromEntries(ports.map((name) => [name, undefined])),
    PUBLIC_URL,
    PARTYLINE_DATA: '/data',
    // Caddy stands before every service, somewhere in the network of the containers.
    TRUSTED_PROXIES: ['uniquelocal', ...(trusted ? [trusted] : [])].join(','),
    SIMULATOR_HOST: '0.0.0.0',
    SIMULATOR_DATA: '/data/simulator.sqlite',
    // Through the public door, as Twilio's come; PUBLIC_URL may lead around the world first, or nowhere yet.
    SIMULATOR_WEBHOOK_URL: webhookUrl || inside.web,
  }
}

function simulatorAccount(secret: KeptSecrets): NodeJS.ProcessEnv {
  const { accountSid, authToken } = simulatorCredentials(secret)
  return {
    TWILIO_ACCOUNT_SID: accountSid,
    TWILIO_AUTH_TOKEN: authToken,
    TWILIO_API_URL: inside.simulator,
  }
}

const urlOf = (name: ServiceName, { serviceUrls, ownerUrl }: Stores) =>
  serviceUrls?.[name] ?? ownerUrl

function migrateFiles({ ownerUrl, serviceUrls, redisUrl }: Stores): Files {
  const users = Object.entries(serviceUrls ?? {}).map(([name, url]) => [
    databaseVariable(name as ServiceName),
    url,
  ])
  return { ...Object.fromEntries(users), DATABASE_URL: ownerUrl, REDIS_URL: redisUrl } as Files
}

function redisConf(password: string): string {
  return [...redisSettings({ folder: '/data', password, durable: true }), ''].join('\n')
}

function pick(names: string[], env: NodeJS.ProcessEnv): Files {
  const found = names.flatMap((name) => (env[name] ? [[name, env[name]] as const] : []))
  return Object.fromEntries(found)
}
