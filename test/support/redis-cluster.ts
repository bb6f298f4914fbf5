import { readFileSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { findProgram } from '@partyline/standalone/find-program'
import { freePort } from '@partyline/standalone/free-port'
import { startServerProcess } from '@partyline/standalone/server-process'
import { Redis } from 'ioredis'
import { expect } from 'vitest'
import type { Certificate } from './certificate.ts'

const password = 'test'

export interface ClusterNode {
  port: number
  url: string
  /** A connection to this node alone. */
  redis: Redis
  start(): Promise<void>
  signal(name: NodeJS.Signals): Promise<void>
}

/** Three masters that share all slots, each in a folder of its own; the one with our keys has a replica. */
export async function startRedisCluster(
  folder: string,
  prefix: string,
  resources: AsyncDisposableStack,
) {
  const start = (name: string) => startNode(path.join(folder, name), resources)
  const masters = [await start('one'), await start('two'), await start('three')] as const
  const replica = await start('replica')
  const [first] = masters
  const share = Math.ceil(16_384 / masters.length)
  for (const [index, { redis }] of masters.entries()) {
    const last = Math.min((index + 1) * share, 16_384) - 1
    await redis.call('CLUSTER', 'ADDSLOTSRANGE', index * share, last)
  }
  for (const { redis } of [...masters.slice(1), replica]) await meet(redis, first)
  const owner = masters[Math.floor((await first.redis.cluster('KEYSLOT', prefix)) / share)] ?? first
  const id = await owner.redis.cluster('MYID')
  await expect.poll(() => replica.redis.cluster('REPLICATE', id).catch(String)).toBe('OK')
  for (const { redis } of [...masters, replica]) {
    await expect.poll(() => redis.cluster('INFO')).toMatch(/state:ok[^]*known_nodes:4/)
  }
  await expect.poll(() => replica.redis.info('replication')).toContain('link_status:up')
  const [other = first] = masters.filter((node) => node !== owner)
  return { owner, replica, other }
}

const meet = (redis: Redis, { port }: ClusterNode) =>
  redis.call('CLUSTER', 'MEET', '127.0.0.1', port, busOf.get(port) ?? 0)

/** The port on which the others talk to a node. */
const busOf = new Map<number, number>()

/** A Redis of a cluster, with no slots yet. */
export async function startNode(
  folder: string,
  resources: AsyncDisposableStack,
  tls?: Certificate,
): Promise<ClusterNode> {
  const port = await freePort()
  const bus = await freePort()
  busOf.set(port, bus)
  await mkdir(folder, { recursive: true })
  const settings = {
    ...{ bind: '127.0.0.1', port, dir: folder, pidfile: path.join(folder, 'pid') },
    ...{ requirepass: password, masterauth: password },
    ...{ appendonly: 'yes', appendfsync: 'always', 'maxmemory-policy': 'noeviction' },
    ...{ 'cluster-enabled': 'yes', 'cluster-port': bus, 'cluster-node-timeout': 500 },
    'cluster-announce-ip': '127.0.0.1',
    // What the others hold goes on when one is away.
    ...{ 'cluster-require-full-coverage': 'no', 'repl-diskless-sync-delay': 0 },
    ...(tls && {
      ...{ port: 0, 'tls-port': port, 'tls-cluster': 'yes', 'tls-auth-clients': 'no' },
      ...{ 'tls-cert-file': tls.cert, 'tls-key-file': tls.key, 'tls-ca-cert-file': tls.ca },
    }),
  }
  const lines = Object.entries(settings).map(([name, value]) => `${name} ${value}\n`)
  await writeFile(path.join(folder, 'redis.conf'), lines.join(''))
  const start = async () => {
    const server = await startServerProcess({
      name: 'Redis',
      command: findProgram('redis-server', 'valkey-server') ?? 'redis-server',
      args: [path.join(folder, 'redis.conf')],
      cwd: folder,
      ready: /ready to accept connections/i,
      stopSignal: 'SIGKILL',
    })
    resources.defer(() => server.stop())
  }
  await start()
  const url = tls
    ? `rediss://:${password}@localhost:${port}`
    : `redis://:${password}@127.0.0.1:${port}`
  const options = { retryStrategy: () => 50, ...(tls && { tls: { ca: readFileSync(tls.ca) } }) }
  const redis = resources.adopt(new Redis(url, options), (it) => it.disconnect())
  redis.on('error', () => undefined)
  const signal = async (name: NodeJS.Signals) => {
    process.kill(Number(await readFile(settings.pidfile, 'utf8')), name)
  }
  return { port, url, redis, start, signal }
}
