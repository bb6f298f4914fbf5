import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { glob } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { say } from '@partyline/cli/print'
import { KnownError } from '@partyline/cli/known-error'
import { oneAtATime } from './one-at-a-time.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const web = path.join(root, 'web')
const output = path.join(web, 'build')
const stamp = path.join(output, '.built-from')

/** Builds the dashboard when its sources are not those of the last build. Returns the folder to serve. */
export async function buildWeb(): Promise<string> {
  const wanted = await sourcesHash()
  const built = () => existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted
  if (built()) return output
  // Two at once would sweep away each other's files; the second mostly finds it done.
  return oneAtATime(path.join(web, '.building'), () => (built() ? output : build(wanted)))
}

/** Beside what else starts: Redis and Postgres are waited for in the same minute. */
async function build(wanted: string): Promise<string> {
  say('Building the dashboard (only when it changed) …')
  const vite = path.join(root, 'node_modules/vite/bin/vite.js')
  try {
    await promisify(execFile)(process.execPath, [vite, 'build', '--logLevel', 'error'], {
      cwd: web,
      env: { ...process.env, NODE_ENV: 'production' },
    })
  } catch (error) {
    const { stderr, stdout, message } = error as Error & { stderr?: string; stdout?: string }
    throw new KnownError(`The dashboard could not be built:\n${stderr || stdout || message}`)
  }
  writeFileSync(stamp, wanted)
  return output
}

async function sourcesHash(): Promise<string> {
  const patterns = ['web/{src,static}/**/*.*', 'web/*.{ts,js,json}', 'contracts/src/**/*.ts']
  const files = ['package-lock.json']
  for await (const file of glob(patterns, { cwd: root })) files.push(file)
  const hash = createHash('sha256')
  for (const file of files.sort()) {
    hash.update(file).update(readFileSync(path.join(root, file)))
  }
  return hash.digest('hex')
}
