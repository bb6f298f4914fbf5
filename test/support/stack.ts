import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import path from 'node:path'
import { connectPostgres, createDb, type Db } from '@partyline/db/client'
import { createProducer, type Producer } from '@partyline/kit/jobs'
import { createLog, type Logger } from '@partyline/kit/log'
import { connectRedis, type RedisAddress } from '@partyline/kit/redis'
import { noTracing, type Tracing } from '@partyline/kit/tracing'
import type { Redis } from 'ioredis'
import postgres from 'postgres'
import { test as base, inject } from 'vitest'
import { template } from './infra.ts'
import { quickFolder } from './quick-folder.ts'
import { type AsServices, openAsServices } from './service-urls.ts'

export interface Stack extends AsServices {
  /** As the owner. */
  db: Db
  /** In worker patience: it waits. */
  redis: Redis
  /** Of the queues and doorbells of this test. */
  prefix: string
  producer: Producer
  log: Logger
  tracing: Tracing
  databaseUrl: string
  redisUrl: string
  /** An empty folder of this test's own. */
  dataFolder: string
}

/** For another connection to the stack's Redis. */
export const redisOf = ({ redisUrl, prefix }: Stack): RedisAddress => ({ url: redisUrl, prefix })

/** A Redis that is not there. */
export const noRedis: RedisAddress = { url: 'redis://127.0.0.1:1', prefix: '{none}' }

/** A database cloned from the migrated template, a queue prefix and a folder, for one test alone. */
export async function createStack(): Promise<Stack & AsyncDisposable> {
  await using starting = new AsyncDisposableStack()
  const databaseUrl = await cloneDatabase(starting)
  const sql = starting.adopt(connectPostgres(databaseUrl, { name: 'test', max: 4 }), (pool) =>
    pool.end({ timeout: 5 }),
  )
  const asServices = openAsServices(databaseUrl, starting)
  const log = createLog('test', process.env['TEST_LOG_LEVEL'] ?? 'silent')
  const redisUrl = inject('redisUrl')
  const prefix = `{test-${randomUUID()}}`
  const connect = (use: 'worker' | 'producer') =>
    starting.adopt(connectRedis({ url: redisUrl, prefix }, use, log), (it) => it.disconnect())
  const redis = connect('worker')
  const hasty = connect('producer')
  await hasty.ping().catch(() => new Promise((resolve) => hasty.once('ready', resolve)))
  const producer = starting.adopt(createProducer(hasty, prefix, log), (it) => it.close())
  const dataFolder = await mkdtemp(path.join(quickFolder, 'partyline-data-'))
  starting.defer(() => rm(dataFolder, { recursive: true, force: true }))

  const resources = starting.move()
  return {
    ...{ ...asServices, db: createDb(sql), redis, prefix, producer, log },
    tracing: noTracing,
    ...{ databaseUrl, redisUrl, dataFolder },
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  }
}

async function cloneDatabase(resources: AsyncDisposableStack): Promise<string> {
  const name = `test_${randomUUID().replaceAll('-', '')}`
  const admin = postgres(inject('postgresUrl'), { max: 1, onnotice: () => undefined })
  resources.adopt(admin, (sql) => sql.end())
  await admin`create database ${admin(name)} template ${admin(template)}`
  resources.defer(async () => {
    await admin`drop database ${admin(name)} with (force)`
  })
  const url = new URL(inject('postgresUrl'))
  url.pathname = `/${name}`
  return url.href
}

export const test = base.extend<{ stack: Stack }>({
  stack: async ({}, use) => {
    await using stack = await createStack()
    await use(stack)
  },
})
