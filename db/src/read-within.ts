import { sql } from 'drizzle-orm'
import type { Db } from './client.ts'

/** A read that Postgres ends by itself when it takes longer: one that nobody is to wait for. */
export async function readWithin<T>(db: Db, ms: number, read: (tx: Db) => Promise<T>): Promise<T> {
  return db.transaction(async (tx) => {
    await tx.execute(sql`select set_config('statement_timeout', ${String(ms)}, true)`)
    return read(tx)
  })
}
