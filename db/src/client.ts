import type { PgDatabase } from 'drizzle-orm/pg-core'
import { drizzle, type PostgresJsQueryResultHKT } from 'drizzle-orm/postgres-js'
import postgres, { type Sql } from 'postgres'
import { arrayTypes } from './array-types.ts'
import { openLingeringSocket } from './lingering-socket.ts'

/** A pool, or a transaction of one: every query takes either. */
export type Db = PgDatabase<PostgresJsQueryResultHKT>

export interface PoolOptions {
  /** Shown in pg_stat_activity. */
  name: string
  max?: number
  /** What its statements are planned with, by the names of Postgres. */
  planner?: Record<string, string>
}

/** Opens lazily. Reconnects 0.2 s after a loss; a statement that takes 10 s is ended by the server. */
export function connectPostgres(url: string, { name, max = 10, planner = {} }: PoolOptions): Sql {
  return postgres(url, {
    max,
    connect_timeout: 5,
    idle_timeout: 60,
    max_lifetime: 1_800,
    backoff: () => 0.2,
    onnotice: () => undefined,
    fetch_types: false,
    types: arrayTypes,
    // Documented, and missing in its types.
    ...{ socket: openLingeringSocket },
    connection: {
      application_name: `partyline-${name}`,
      statement_timeout: 10_000,
      lock_timeout: 5_000,
      idle_in_transaction_session_timeout: 15_000,
      ...planner,
    },
  })
}

export function createDb(sql: Sql): Db {
  return drizzle(sql)
}
