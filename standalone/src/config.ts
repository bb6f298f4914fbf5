import path from 'node:path'
import { localUrl, readInstallation } from '@partyline/cli/installation'
import { readSecrets } from '@partyline/kit/secrets'

/** What the services are told. Each reads from it what it declares, as it does from a process's environment. */
export type ServiceEnv = NodeJS.ProcessEnv & Record<Given, string>
type Given = 'DATABASE_URL' | 'REDIS_URL' | 'TWILIO_ACCOUNT_SID' | 'TWILIO_AUTH_TOKEN'

export type Config = ReturnType<typeof loadConfig>

/** Reads the whole environment, of every service too, and names everything that is wrong with it at once. */
export function loadConfig(given: NodeJS.ProcessEnv, root: string) {
  // Secrets in files are read once, here: what the services are told may hold others in their place.
  const { env, problems } = readSecrets(given)
  const known = {
    ...env,
    PUBLIC_URL: env['PUBLIC_URL'] || localUrl(env),
    PARTYLINE_DATA: path.resolve(root, env['PARTYLINE_DATA'] || '.data'),
    // With so much in one terminal, only what needs attention, unless told otherwise.
    LOG_LEVEL: env['LOG_LEVEL'] || 'warn',
  }
  const read = readInstallation(known, problems)
  const { TWILIO_ACCOUNT_SID: accountSid, TWILIO_AUTH_TOKEN: authToken } = read
  const { ADMIN_EMAIL: email, ADMIN_PASSWORD: password } = read
  return {
    port: read.PORT,
    publicUrl: read.PUBLIC_URL,
    dataFolder: known.PARTYLINE_DATA,
    databaseUrl: read.DATABASE_URL,
    redisUrl: read.REDIS_URL,
    redisDurability: read.REDIS_DURABILITY,
    twilio: accountSid && authToken ? { accountSid, authToken } : undefined,
    admin: email && password ? { email, password } : undefined,
    read,
    serviceEnv: (given: Record<Given, string>): ServiceEnv => ({
      ...known,
      PUBLIC_URL: read.PUBLIC_URL,
      ...given,
    }),
  }
}
