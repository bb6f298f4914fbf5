import path from 'node:path'
import { readSecrets } from '@partyline/kit/secrets'
import { findRunning } from '../running-env.ts'

const root = path.join(import.meta.dirname, '../../..')

/** What the installation was told that is to be looked at; undefined when there is none here. */
export function findEnvironment(given: NodeJS.ProcessEnv): NodeJS.ProcessEnv | undefined {
  const { env } = readSecrets(given)
  const running = findRunning(path.resolve(root, env['PARTYLINE_DATA'] || '.data'))
  // What it was started with counts, whatever has been changed since.
  if (running) return { ...given, ...running }
  return env['DATABASE_URL'] || env['REDIS_URL'] ? given : undefined
}
