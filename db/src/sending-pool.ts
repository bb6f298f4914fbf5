import type { Sql } from 'postgres'
import { connectPostgres, createDb, type Db } from './client.ts'

/**
 * A pool for the two statements that sending repeats all the time, a claim and its results. They are
 * planned once for a connection, and every row is found through an index, in the index's order: where
 * Postgres last counted while nothing was queued it takes thousands for one, and compared all with all.
 */
export function connectSending(url: string): Sql {
  return connectPostgres(url, {
    name: 'sending',
    max: 4,
    planner: {
      plan_cache_mode: 'force_generic_plan',
      enable_sort: 'off',
      enable_seqscan: 'off',
      enable_hashjoin: 'off',
      enable_mergejoin: 'off',
    },
  })
}

/** Drizzle has each statement parsed and planned anew unless it is told otherwise. */
export function createSendingDb(sql: Sql): Db {
  return createDb(
    new Proxy(sql, {
      get: (pool, key): unknown => (key === 'unsafe' ? preparing(pool) : Reflect.get(pool, key)),
    }),
  )
}

/** Drizzle's own way in: its text and its parameters. */
function preparing(pool: Sql): Sql['unsafe'] {
  return (query, parameters, options) =>
    // eslint-disable-next-line no-restricted-syntax -- what Drizzle made, passed on
    pool.unsafe(query, parameters, { ...options, prepare: true })
}
