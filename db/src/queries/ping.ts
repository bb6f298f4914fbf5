import { sql } from 'drizzle-orm'
import type { Db } from '../client.ts'

/** Rejects while Postgres does not answer. */
export async function ping(db: Db): Promise<void> {
  await db.execute(sql`select 1`)
}
