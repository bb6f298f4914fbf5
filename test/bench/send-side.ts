import { mkdtemp, rm } from 'node:fs/promises'
import { once } from 'node:events'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { connectPostgres, createDb } from '@partyline/db/client'
import { migrate } from '@partyline/db/migrate'
import { createRings } from '@partyline/dispatcher/rings'
import { createProducer } from '@partyline/kit/jobs'
import { createLog } from '@partyline/kit/log'
import { connectRedis } from '@partyline/kit/redis'
import { account, publicUrl } from '../support/webhook.ts'
import { postgresCpuMs } from './postgres-cpu.ts'
import { areUnsettled, countAccepted, type Crowd, givenCrowds, post } from './send-crowd.ts'
import { countCreated, cpuOf, expectOnce, texts } from './send-meter.ts'
import { type Child, startChild } from './send-process.ts'

const patienceMs = 60_000

/** How many lines share the texts where several send. */
export const lines = 10
/** For a profile of the dispatchers, say `--cpu-prof`. */
const nodeArgs = process.env['BENCH_NODE_ARGS']?.split(' ') ?? []

interface SideGiven {
  databaseUrl: string
  redisUrl: string
  stub: Child
  stubUrl: string
}

/** Real dispatchers on a database and queues of their own. */
export async function startSide(name: string, dispatchers: number, given: SideGiven) {
  await using starting = new AsyncDisposableStack()
  const databaseUrl = await makeDatabase(given.databaseUrl, `bench_${name}`)
  const pool = starting.adopt(connectPostgres(databaseUrl, { name: 'bench', max: 2 }), (it) =>
    it.end({ timeout: 5 }),
  )
  const db = createDb(pool)
  const crowds = {
    single: await givenCrowds(db, 1, texts),
    several: await givenCrowds(db, lines, texts / lines),
  }
  const prefix = `{bench-${name}}`
  const log = createLog('bench', 'silent')
  const redis = starting.adopt(
    connectRedis({ url: given.redisUrl, prefix }, 'producer', log),
    (it) => it.disconnect(),
  )
  await once(redis, 'ready')
  const rings = createRings(createProducer(redis, prefix, log), log)
  const dataFolder = await mkdtemp(path.join(os.tmpdir(), 'partyline-bench-data-'))
  starting.defer(() => rm(dataFolder, { recursive: true, force: true }))
  const env = {
    LOG_LEVEL: 'error',
    // So that it is not what limits: a chunk is as large as the floor's.
    TWILIO_CONCURRENCY: String(400 * dispatchers),
    DATABASE_URL: databaseUrl,
    REDIS_URL: given.redisUrl,
    REDIS_DURABILITY: 'warn',
    QUEUE_PREFIX: prefix,
    PUBLIC_URL: publicUrl,
    PARTYLINE_DATA: dataFolder,
    TWILIO_ACCOUNT_SID: account.sid,
    TWILIO_AUTH_TOKEN: account.token,
    TWILIO_API_URL: given.stubUrl,
    DISPATCHER_PORT: '0',
  }
  const main = '../../services/dispatcher/src/main.ts'
  const children = Array.from({ length: dispatchers }, () =>
    starting.use(startChild(main, { env, nodeArgs })),
  )
  const cpu = cpuOf({ process: sumOf(children), postgres: postgresCpuMs(databaseUrl) })
  let sent = 0

  async function sendAll(to: Crowd[]): Promise<void> {
    await Promise.all(to.map(({ lineId }) => rings.deliveries(lineId, texts / to.length)))
    const patience = performance.now() + patienceMs
    const until = async (isSo: () => Promise<boolean>) => {
      while (!(await isSo())) {
        if (performance.now() > patience) throw new Error('the texts are not sent')
        await pause(10)
      }
    }
    // Asking the database is work too, so it is asked only about the last of them.
    await until(async () => (await countCreated(given.stub)).created >= texts)
    await until(async () => !(await areUnsettled(db, to)))
  }

  const resources = starting.move()
  return {
    cpu: cpu.per1000,
    async send(which: keyof typeof crowds): Promise<number> {
      await given.stub.ask('forget')
      await post(db, crowds[which])
      const perSecond = await cpu.during(() => sendAll(crowds[which]))
      await expectOnce(given.stub)
      sent += texts
      if ((await countAccepted(db)) !== sent) throw new Error('not every text was accepted')
      return perSecond
    },
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  }
}

function sumOf(children: Child[]) {
  return async () => {
    const each = await Promise.all(children.map((child) => child.cpuMs()))
    return each.reduce((sum, ms) => sum + ms)
  }
}

async function makeDatabase(databaseUrl: string, name: string): Promise<string> {
  const admin = connectPostgres(databaseUrl, { name: 'bench', max: 1 })
  await admin`create database ${admin(name)}`
  await admin.end({ timeout: 5 })
  const url = new URL(databaseUrl)
  url.pathname = `/${name}`
  await migrate(url.href)
  return url.href
}
