import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { quoted, type RedisSettings, redisSettings } from '@partyline/cli/redis-settings'
import { findProgram } from './find-program.ts'
import { freePort } from './free-port.ts'
import { endLeftover } from './leftover.ts'
import { type ServerProcess, startServerProcess } from './server-process.ts'
import { KnownError } from '@partyline/cli/known-error'
import { installSystemPackage } from './system-package.ts'

export interface RedisOptions extends RedisSettings {
  /** Any free one unless said. */
  port?: number
}

export type RunningRedis = ServerProcess & { url: string }

/** A Redis of our own, on a port of this machine only. */
export async function startRedis(options: RedisOptions): Promise<RunningRedis> {
  const { folder, password } = options
  const program = redisServer()
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const pidFile = path.join(folder, 'redis.pid')
  await endLeftover(pidFile, folder, 'SIGTERM')

  const port = options.port ?? (await freePort())
  const configFile = path.join(folder, 'redis.conf')
  writeFileSync(configFile, settings(options, port, pidFile), { mode: 0o600 })
  const server = await startServerProcess({
    name: 'Redis',
    command: program,
    args: [configFile],
    cwd: folder,
    ready: /ready to accept connections/i,
    stopSignal: 'SIGTERM',
  })
  return { ...server, url: `redis://:${encodeURIComponent(password)}@127.0.0.1:${port}` }
}

function settings(options: RedisOptions, port: number, pidFile: string) {
  return [
    'bind 127.0.0.1',
    `port ${port}`,
    `pidfile ${quoted(pidFile)}`,
    'daemonize no',
    ...redisSettings(options),
    '',
  ].join('\n')
}

function redisServer(): string {
  const find = () => findProgram('redis-server', 'valkey-server')
  const found = find()
  if (found) return found
  installSystemPackage({ 'apt-get': 'redis-server', dnf: 'redis', apk: 'redis', pacman: 'redis' })
  const installed = find()
  if (installed) return installed
  throw new KnownError(
    'Redis is not installed and could not be: install it (Debian: sudo apt-get install redis-server) or set REDIS_URL.',
  )
}
