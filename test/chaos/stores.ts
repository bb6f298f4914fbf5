import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { startPostgres } from '@partyline/standalone/postgres'
import { startRedis } from '@partyline/standalone/redis'
import type { OwnPorts } from './own-ports.ts'
import { readParents } from './process-tree.ts'
import { Server } from './server.ts'

export interface Stores extends AsyncDisposable {
  postgres: Server
  redis: Server
}

/** In MB. */
export interface DiskSizes {
  postgres: number
  redis: number
}

/** A Postgres and a Redis that keep every promise about the disk, each on a port it keeps when it is started again. */
export async function startStores(
  folder: string,
  own: OwnPorts,
  disks?: DiskSizes,
): Promise<Stores> {
  await using opening = new AsyncDisposableStack()
  const given = { password: 'chaos', durable: true }
  const at = (name: string) => path.join(folder, name)
  for (const name of ['postgres', 'redis'] as const) {
    if (!disks) break
    mount(at(name), disks[name])
    opening.defer(() => unmount(at(name)))
  }
  const [postgresPort, redisPort] = [own.next(), own.next()]
  const postgres = new Server(
    () => startPostgres({ ...given, folder: at('postgres'), port: postgresPort }),
    () => familyOf(at('postgres/postmaster.pid')),
  )
  const redis = new Server(
    () => startRedis({ ...given, folder: at('redis'), port: redisPort }),
    () => familyOf(at('redis/redis.pid')),
  )
  opening.defer(async () => {
    await Promise.all([postgres.kill(), redis.kill()])
  })
  await Promise.all([postgres.start(), redis.start()])
  const resources = opening.move()
  return { postgres, redis, [Symbol.asyncDispose]: () => resources.disposeAsync() }
}

function mount(folder: string, sizeMb: number): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${sizeMb}m,mode=0700`, 'tmpfs', folder])
  mounted.add(folder)
}

const mounted = new Set<string>()

function unmount(folder: string): void {
  if (mounted.delete(folder)) execFileSync('umount', ['--lazy', folder])
}

// Also when the run is ended in the middle.
process.prependListener('exit', () => mounted.forEach(unmount))

/** The process of a pid file and its children: Postgres is many. */
function familyOf(pidFile: string): number[] {
  const first = Number.parseInt(readFileSync(pidFile, 'utf8'), 10)
  const children = [...readParents()].filter(([, parent]) => parent === first)
  return [first, ...children.map(([pid]) => pid)]
}
