import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { connectPostgres, createDb } from '@partyline/db/client'
import { migrate } from '@partyline/db/migrate'
import { connectSending, createSendingDb } from '@partyline/db/sending-pool'
import { startPostgres } from '@partyline/standalone/postgres'
import { startRedis } from '@partyline/standalone/redis'
import { Redis } from 'ioredis'
import { startTarget } from './load.ts'
import { postgresSides } from './postgres-sides.ts'
import { inRounds, type Show } from './rounds.ts'
import { sending } from './send.ts'

const { only } = parseArgs({ options: { only: { type: 'string' } } }).values
const rounds = 5
const loadMs = 2_000

const say = (text: string) => process.stdout.write(`${text}\n`)
const show: Show = (what, figure, ratio, goal) =>
  say(`${what.padEnd(46)} ${figure.padStart(14)}  ratio ${ratio.toFixed(2)}  (goal ${goal})`)

await using resources = new AsyncDisposableStack()
const folder = await mkdtemp(path.join(os.tmpdir(), 'partyline-bench-'))
resources.defer(() => rm(folder, { recursive: true, force: true }))
const pg = await startPostgres({
  folder: path.join(folder, 'postgres'),
  password: 'bench',
  durable: true,
})
resources.defer(() => pg.stop())
const redisServer = await startRedis({
  folder: path.join(folder, 'redis'),
  password: 'bench',
  durable: true,
})
resources.defer(() => redisServer.stop())
await migrate(pg.url)
const redis = resources.adopt(new Redis(redisServer.url), (it) => it.disconnect())
const pool = resources.adopt(connectPostgres(pg.url, { name: 'bench', max: 8 }), (it) =>
  it.end({ timeout: 5 }),
)
const db = createDb(pool)
const sendingPool = resources.adopt(connectSending(pg.url), (it) => it.end({ timeout: 5 }))

const parts: Record<string, () => Promise<void>> = {
  ingress,
  postgres: () =>
    postgresSides({
      ...{ pool, db, sendingDb: createSendingDb(sendingPool) },
      ...{ redisUrl: redisServer.url, show },
    }),
  send: () => sending({ databaseUrl: pg.url, redisUrl: redisServer.url, show }),
}
if (only && !(only in parts)) throw new Error(`--only is one of ${Object.keys(parts).join(', ')}`)
for (const [name, part] of Object.entries(parts)) {
  if (!only || only === name) await part()
}

/** The door against a bare Fastify, with Redis on disk at every write and every second. */
async function ingress() {
  await using bare = await startTarget('bare')
  await using ours = await startTarget('ours', redisServer.url, '{bench}', pg.url)
  const withSync = async (how: 'always' | 'everysec') => {
    // An empty file to write to, and nobody rewrites it meanwhile.
    await redis.flushall()
    await redis.config('SET', 'appendfsync', how, 'auto-aof-rewrite-percentage', 0)
    await redis.bgrewriteaof()
    while (/aof_rewrite_(in_progress|scheduled):1/.test(await redis.info('persistence'))) continue
    return ours.perSecond(loadMs)
  }
  const result = await inRounds(rounds, {
    bare: () => bare.perSecond(loadMs),
    everysec: () => withSync('everysec'),
    always: () => withSync('always'),
  })
  const rate = (value: number) => `${Math.round(value)} req/s`
  show('ingress, bare Fastify', rate(result.bare), 1, 'floor')
  const { bare: floor } = result
  show('ingress, signed and kept', rate(result.everysec), result.everysec / floor, '>= 0.60')
  show(
    'ingress, same, Redis syncs every write',
    rate(result.always),
    result.always / floor,
    '>= 0.52',
  )
}
