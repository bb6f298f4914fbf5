import type { Sql } from 'postgres'
import { connectPostgres, createDb, type Db } from './client.ts'

/**
 * A pool for the statements that sending repeats all the time: a claim, its results, callbacks. They are
 * planned once for a connection, and every row is found through an index, in the index's order: where
 * Postgres last counted while nothing was queued it takes thousands for one, and compared all with all.
 */
export function connectSending(url: string): Sql {
  return connectPostgres(url, {
    name: 'sending',
    max: 8,
    planner: {
      plan_cache_mode: 'force_generic_plan',
      enable_sort: 'off',
      enable_seqscan: 'off',
      enable_hashjoin: 'off',
      enable_mergejoin: 'off',
    },
  })
}

export function createSendingDb(sql: Sql): Db {
  return createDb(preparing(sql))
}

/** Drizzle has each statement parsed and planned anew unless it is told otherwise. */
function preparing(client: Sql): Sql {
  const unsafe: Sql['unsafe'] = (text, values, options) =>
    // eslint-disable-next-line no-restricted-syntax -- what Drizzle made, passed on
    client.unsafe(text, values, { ...options, prepare: true })
  const begin = (run: (transaction: Sql) => Promise<unknown>) =>
    client.begin((transaction) => run(preparing(transaction as unknown as Sql)))
  const members: Record<string | symbol, unknown> = { unsafe, begin }
  return new Proxy(client, {
    get: (target, key): unknown => members[key] ?? Reflect.get(target, key),
  })
}
