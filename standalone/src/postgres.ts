import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { freePort } from './free-port.ts'
import { endLeftover } from './leftover.ts'
import { postgresBinaries } from './postgres-binaries.ts'
import { type ServerProcess, startServerProcess } from './server-process.ts'
import { KnownError } from '@partyline/cli/known-error'
import { unprivileged, type Wrap } from './unprivileged.ts'

export interface PostgresOptions {
  /** Holds the database; made when it is not there. */
  folder: string
  password: string
  /** False: fast, and lost with the machine's power. For tests. */
  durable: boolean
  /** Any free one unless said. */
  port?: number
}

export type RunningPostgres = ServerProcess & { url: string }

const user = 'partyline'
const major = '18'

const small = { max_connections: 100, shared_buffers: '64MB', max_wal_size: '256MB' }
const careless = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }

/** The embedded Postgres, on a port of this machine only. */
export async function startPostgres(options: PostgresOptions): Promise<RunningPostgres> {
  const { folder, durable } = options
  const binaries = postgresBinaries()
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  await endLeftover(path.join(folder, 'postmaster.pid'), folder, 'SIGINT')
  const wrap = unprivileged(binaries.initdb, folder)
  initialise(binaries.initdb, options, wrap)

  const port = options.port ?? (await freePort())
  const settings = Object.entries({
    port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    ...small,
    ...(durable ? {} : { ...careless, max_connections: 300 }),
  })
  const server = await startServerProcess({
    name: 'Postgres',
    ...wrap(binaries.postgres, [
      ...['-D', folder],
      ...settings.flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    ]),
    cwd: folder,
    ready: /ready to accept connections/,
    stopSignal: 'SIGINT',
  })
  const url = `postgres://${user}:${encodeURIComponent(options.password)}@127.0.0.1:${port}/postgres`
  return { ...server, url }
}

function initialise(initdb: string, { folder, password, durable }: PostgresOptions, wrap: Wrap) {
  const versionFile = path.join(folder, 'PG_VERSION')
  if (existsSync(versionFile)) {
    const version = readFileSync(versionFile, 'utf8').trim()
    if (version === major) return
    throw new KnownError(
      `The data in ${folder} was written by Postgres ${version}; this Partyline brings ${major}.`,
    )
  }
  const passwordFile = `${folder}.password`
  writeFileSync(passwordFile, password, { mode: 0o644 })
  const { command, args } = wrap(initdb, [
    ...['-D', folder, '-U', user, '-A', 'scram-sha-256', `--pwfile=${passwordFile}`],
    ...['--encoding=UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C'],
    ...(durable ? [] : ['--no-sync']),
  ])
  const result = spawnSync(command, args, { cwd: folder, encoding: 'utf8' })
  rmSync(passwordFile)
  if (result.status !== 0) {
    const reason = result.stderr.trim().split('\n').at(-1) ?? ''
    throw new KnownError(`Postgres could not prepare ${folder}: ${reason}`)
  }
}
