import type { Sql } from 'postgres'
import { type Asked, withAsked } from './asked.ts'
import { connectPostgres, createDb, type Db } from './client.ts'
import { isDirect } from './is-direct.ts'

/**
 * Every row is found through an index, in the index's order: where Postgres last counted while nothing was
 * queued it takes thousands for one, and compared all with all.
 */
const planner = {
  enable_sort: 'off',
  enable_seqscan: 'off',
  enable_hashjoin: 'off',
  enable_mergejoin: 'off',
}

/** Opens lazily, like any pool. */
export interface SendingPool {
  /** Its connections keep what was prepared and how they plan. */
  own: Sql
  /** A pooler may stand before it. */
  any: Sql
  end(options: { timeout: number }): Promise<void>
}

/**
 * A pool for the statements that sending repeats all the time: a claim, its results, callbacks. Without a
 * pooler they are planned once for a connection.
 */
export function connectSending(url: string): SendingPool {
  const settings = { ...planner, plan_cache_mode: 'force_generic_plan' }
  const own = connectPostgres(url, { name: 'sending', max: 8, own: { settings } })
  const any = connectPostgres(url, { name: 'sending', max: 8 })
  const end = async (options: { timeout: number }) => {
    await Promise.all([own.end(options), any.end(options)])
  }
  return { own, any, end }
}

/** Until it is known that nothing stands between, every statement carries its planner's settings along. */
export function createSendingDb(pool: SendingPool): Db {
  // Made for a client, Drizzle changes how it writes JSON and reads dates.
  createDb(pool.own)
  const prepared = preparing(pool.own)
  const carried = carrying(pool.any)
  let direct = false
  let asked: Promise<unknown> | undefined
  const choose = () => {
    asked ??= isDirect(pool.any).then(
      (answer) => (direct = answer),
      // Away just now: the next statement asks again.
      () => (asked = undefined),
    )
    return direct ? prepared : carried
  }
  return createDb(
    withAsked(pool.any, {
      // eslint-disable-next-line no-restricted-syntax -- what Drizzle made, passed on
      unsafe: (...args) => choose().unsafe(...args),
      begin: (run) => choose().begin(run),
    }),
  )
}

/** Drizzle has each statement parsed and planned anew unless it is told otherwise. */
function preparing(client: Sql): Asked {
  return {
    unsafe: (text, values, options) =>
      // eslint-disable-next-line no-restricted-syntax -- what Drizzle made, passed on
      client.unsafe(text, values, { ...options, prepare: true }),
    begin: (run) =>
      client.begin((tx) => {
        const transaction = tx as unknown as Sql
        return run(withAsked(transaction, preparing(transaction)))
      }),
  }
}

const set = Object.entries(planner)
  .map(([name, value]) => `set local ${name} = ${value}`)
  .join(';')

/** Every statement in a transaction, which begins with the settings. */
function carrying(client: Sql): Asked {
  const begin: Asked['begin'] = (run) =>
    client.begin(async (tx) => {
      // eslint-disable-next-line no-restricted-syntax -- of constants, all in one go
      const settings = tx.unsafe(set).execute()
      return (await Promise.all([settings, run(tx as unknown as Sql)]))[1]
    })
  return {
    begin,
    unsafe(...args) {
      // eslint-disable-next-line no-restricted-syntax -- what Drizzle made, passed on
      const ask = (tx: Sql) => tx.unsafe(...args)
      // All that Drizzle wants of a query.
      return {
        then: (...then: Parameters<Promise<unknown>['then']>) => begin(ask).then(...then),
        values: () => begin((tx) => ask(tx).values()),
      }
    },
  }
}
