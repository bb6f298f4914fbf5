import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { databaseUsers } from '@partyline/db/roles'
import { complain } from '@partyline/cli/print'
import { findProgram } from '@partyline/standalone/find-program'
import { freePort } from '@partyline/standalone/free-port'
import { startServerProcess } from '@partyline/standalone/server-process'
import { installSystemPackage } from '@partyline/standalone/system-package'
import { serviceUrlsOf } from './service-urls.ts'

/** What there is to do where a test needs PgBouncer and there is none. */
export const noPgBouncer = 'PgBouncer is not installed (Debian: sudo apt-get install pgbouncer)'

export function findPgBouncer(): string | undefined {
  const found = findProgram('pgbouncer')
  if (found) return found
  installSystemPackage({ 'apt-get': 'pgbouncer', dnf: 'pgbouncer', apk: 'pgbouncer' })
  const installed = findProgram('pgbouncer')
  if (!installed) complain(noPgBouncer)
  return installed
}

/**
 * A PgBouncer before this database, which gives every transaction another connection of a few. Returns the
 * address of the database through it; `users` are let in besides the services' own.
 */
export async function startPgBouncer(
  program: string,
  databaseUrl: string,
  resources: AsyncDisposableStack,
  users: Record<string, string> = {},
): Promise<string> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'partyline-pgbouncer-'))
  resources.defer(() => rm(folder, { recursive: true, force: true }))
  const target = new URL(databaseUrl)
  const port = await freePort()
  const known = [databaseUrl, ...databaseUsers.map((user) => serviceUrlsOf(databaseUrl)[user])]
  const passwords = {
    ...users,
    ...Object.fromEntries(known.map((each) => namesIn(new URL(each)))),
  }
  const quoted = (value: string) => `"${value.replaceAll('"', '""')}"`
  const entries = Object.entries(passwords).map((pair) => pair.map(quoted).join(' '))
  await writeFile(path.join(folder, 'users.txt'), `${entries.join('\n')}\n`)
  const settings = {
    ...{ listen_addr: '127.0.0.1', listen_port: port, unix_socket_dir: '' },
    ...{ auth_type: 'scram-sha-256', auth_file: path.join(folder, 'users.txt') },
    ...{ pool_mode: 'transaction', default_pool_size: 4, max_client_conn: 500 },
  }
  const lines = Object.entries(settings).map(([name, value]) => `${name} = ${value}`)
  const configFile = path.join(folder, 'pgbouncer.ini')
  const databases = `[databases]\n* = host=${target.hostname} port=${target.port}\n`
  await writeFile(configFile, `${databases}[pgbouncer]\n${lines.join('\n')}\n`)
  // It refuses to be root.
  await chmod(folder, 0o755)
  const server = await startServerProcess({
    name: 'PgBouncer',
    command: program,
    args: [...(process.getuid?.() === 0 ? ['-u', 'nobody'] : []), configFile],
    cwd: folder,
    ready: /process up/,
    stopSignal: 'SIGINT',
  })
  resources.defer(() => server.stop())
  target.host = `127.0.0.1:${port}`
  return target.href
}

const namesIn = ({ username, password }: URL) =>
  [decodeURIComponent(username), decodeURIComponent(password)] as const
