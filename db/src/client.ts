import type { PgDatabase } from 'drizzle-orm/pg-core'
import { drizzle, type PostgresJsQueryResultHKT } from 'drizzle-orm/postgres-js'
import postgres, { type Sql } from 'postgres'
import { readAddress } from './address.ts'
import { arrayTypes } from './array-types.ts'
import { alone, withAsked } from './asked.ts'
import { socketOpener } from './open-socket.ts'

/** A pool, or a transaction of one: every query takes either. */
export type Db = PgDatabase<PostgresJsQueryResultHKT>

export interface PoolOptions {
  /** Shown in pg_stat_activity. */
  name: string
  max?: number
  /** Only where no pooler stands before Postgres: what its connections keep. */
  own?: {
    /** By the names of Postgres. */
    settings: Record<string, string>
  }
}

/**
 * Opens lazily, reconnects 0.2 s after a loss. How long a statement may take is kept in the database, where a
 * pooler cannot lose it: see time-limits.ts.
 */
export function connectPostgres(given: string, { name, max = 10, own }: PoolOptions): Sql {
  const { url, tls } = readAddress(given)
  return postgres(url, {
    max,
    connect_timeout: 5,
    idle_timeout: 60,
    max_lifetime: 1_800,
    backoff: () => 0.2,
    onnotice: () => undefined,
    fetch_types: false,
    types: arrayTypes,
    // Or postgres.js prepares its COMMIT too. A pooler gives it to a connection that does not know it, which
    // fails the transaction and then says that it is over: nothing was written, and nobody told.
    prepare: own !== undefined,
    // Documented, and missing in its types.
    ...{ socket: socketOpener(tls) },
    connection: { application_name: `partyline-${name}`, ...own?.settings },
  })
}

export function createDb(sql: Sql): Db {
  return drizzle(
    withAsked(sql, {
      // eslint-disable-next-line no-restricted-syntax -- what Drizzle made, passed on
      unsafe: (text, values, options) => sql.unsafe(text, values, { ...options, ...alone }),
      begin: (run) => sql.begin((transaction) => run(transaction as unknown as Sql)),
    }),
  )
}
