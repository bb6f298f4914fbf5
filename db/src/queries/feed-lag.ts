import { sql } from 'drizzle-orm'
import type { Db } from '../client.ts'
import { parseCursor } from '../feed/cursor.ts'
import { readWithin } from '../read-within.ts'

/** How old the first change behind a cursor is, in seconds, by the clock of Postgres; 0 when there is none. */
export async function findFeedLag(db: Db, cursor: string, timeoutMs: number): Promise<number> {
  const { xid, id } = parseCursor(cursor)
  const [row] = await readWithin(db, timeoutMs, (tx) =>
    tx.execute<{ age: number }>(sql`
      select greatest(extract(epoch from clock_timestamp() - created_at), 0)::float8 as age from events
      where (xid, id) > (${xid}::text::xid8, ${id}::bigint)
      order by events.xid, events.id limit 1
    `),
  )
  return row?.age ?? 0
}
