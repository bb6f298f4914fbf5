import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import type { Db } from '@partyline/db/client'
import { createRings } from '@partyline/dispatcher/rings'
import { createProducer } from '@partyline/kit/jobs'
import { createLog } from '@partyline/kit/log'
import { connectRedis } from '@partyline/kit/redis'
import type postgres from 'postgres'
import { inRounds, type Show, timed } from './rounds.ts'
import { applyAll, copyRows, fanOut, givenCrowd, makeFloors } from './rows.ts'

interface Given {
  pool: postgres.Sql
  db: Db
  sendingDb: Db
  redisUrl: string
  show: Show
}

const people = 10_000
const rounds = 7
const envelope = 100

/** What one text to very many people costs against COPY, and how fast callbacks are applied. */
export async function postgresSides({ pool, db, sendingDb, redisUrl, show }: Given): Promise<void> {
  await makeFloors(pool)
  const conversationId = await givenCrowd(db, people)
  const log = createLog('bench', 'silent')
  await using resources = new AsyncDisposableStack()
  const hasty = resources.adopt(
    connectRedis({ url: redisUrl, prefix: '{bench-rings}' }, 'producer', log),
    (it) => it.disconnect(),
  )
  await once(hasty, 'ready')
  const rings = createRings(createProducer(hasty, '{bench-rings}', log), log)
  const enqueued = async (storing: Promise<number>) =>
    (await storing) + (await timed(() => rings.deliveries(randomUUID(), people)))

  const result = await inRounds(rounds, {
    bare: () => enqueued(copyRows(pool, 'bench_bare', people)),
    same: () => enqueued(copyRows(pool, 'bench_same', people)),
    ours: () => enqueued(fanOut(db, conversationId)),
    statuses: () => applyAll(db, sendingDb, envelope),
  })

  const ms = (value: number) => `${Math.round(value)} ms`
  const { same, bare, ours, statuses } = result
  show(`1 text to ${people}, COPY and bells`, ms(same), 1, 'floor')
  show(`1 text to ${people}, posted and rung`, ms(ours), ours / same, '<= 2')
  show('  to a COPY that keeps no index', ms(bare), ours / bare, 'to compare')
  show('statuses applied', `${Math.round(statuses)} /s`, statuses / 20_000, '>= 1, of 20,000/s')
}
