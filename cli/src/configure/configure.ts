import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { readSecrets } from '@partyline/kit/secrets'
import type { Call } from '../command.ts'
import { localUrl, readInstallation } from '../installation.ts'
import { keptSecrets } from '../kept-secrets.ts'
import { KnownError } from '../known-error.ts'
import { say } from '../print.ts'
import { toFolders } from './folders.ts'
import { writeFolder } from './write-folder.ts'

/**
 * Checks the environment, makes the secrets that nobody gave, once, and writes for each container a folder
 * with what it may know. Cut off at any moment it is put right by running again.
 */
export async function configure({ args, env: given }: Call): Promise<number> {
  const out = parseArgs({ args, options: { to: { type: 'string' } } }).values.to
  if (!out) throw new KnownError('Say where to write: partyline configure --to <folder>.')
  const { env: told, problems } = readSecrets(given)
  const env = { ...told, PUBLIC_URL: told['PUBLIC_URL'] || publicUrl(told) }
  const read = readInstallation(env, problems)

  const own = path.join(out, 'configure')
  mkdirSync(own, { recursive: true })
  const secret = keptSecrets(path.join(own, 'secrets.json'))
  const folders = toFolders({ read, env, secret })
  for (const [name, files] of Object.entries(folders)) writeFolder(path.join(out, name), files)
  say(`Settings are in place for ${read.PUBLIC_URL}, ${summary(read)}.`)
  return 0
}

function publicUrl(env: NodeJS.ProcessEnv): string {
  return env['DOMAIN'] ? `https://${env['DOMAIN']}` : localUrl(env)
}

function summary(read: ReturnType<typeof readInstallation>): string {
  const twilio = read.TWILIO_ACCOUNT_SID ? 'Twilio' : 'the simulator'
  const postgres = read.DATABASE_URL ? 'a Postgres of yours' : 'the bundled Postgres'
  const redis = read.REDIS_URL ? 'a Redis of yours' : 'the bundled Redis'
  return `with ${twilio}, ${postgres} and ${redis}`
}
