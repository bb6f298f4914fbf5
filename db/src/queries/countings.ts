import { sql } from 'drizzle-orm'
import type { Db } from '../client.ts'
import { hourMs, idAt } from './count-hour.ts'

type Name = 'recent' | 'settling' | 'history'

/**
 * For one dispatcher at a time: for how long it was its turn, in ms; undefined for the others. One that dies with
 * it loses its turn, and nothing else.
 */
export async function claimCounting(
  db: Db,
  name: Name,
  everyMs: number,
): Promise<number | undefined> {
  await db.execute(sql`insert into countings (name) values (${name}) on conflict (name) do nothing`)
  const [claimed] = await db.execute<{ due_ms: number }>(sql`
    update countings set next_at = now() + ${everyMs} * interval '1 millisecond'
    where name = ${name} and next_at <= now() and done_at is null
    returning extract(epoch from now() - old.next_at)::float8 * 1000 as due_ms
  `)
  return claimed?.due_ms
}

/** The next hour of the history that has something to count, going back; undefined when there is none. */
export async function findUncountedHour(db: Db, before: Date): Promise<Date | undefined> {
  const [row] = await db.execute<{ counted_from: Date | string | null }>(
    sql`select counted_from from countings where name = 'history'`,
  )
  const from = idAt(new Date(row?.counted_from ?? before))
  const [latest] = await db.execute<{ at: Date | string | null }>(sql`
    select greatest(
      (select uuid_extract_timestamp(id) from messages where id < ${from}::uuid order by id desc limit 1),
      (select uuid_extract_timestamp(id) from deliveries where id < ${from}::uuid order by id desc limit 1)
    ) as at
  `)
  if (!latest?.at) return undefined
  const at = new Date(latest.at).getTime()
  return new Date(at - (at % hourMs))
}

export async function noteCountedFrom(db: Db, hour: Date): Promise<void> {
  await db.execute(sql`
    update countings set counted_from = ${hour.toISOString()}::timestamptz where name = 'history'
  `)
}

export async function finishHistory(db: Db): Promise<void> {
  await db.execute(sql`update countings set done_at = now() where name = 'history'`)
}

export async function isHistoryCounted(db: Db): Promise<boolean> {
  const rows = await db.execute(
    sql`select from countings where name = 'history' and done_at is not null`,
  )
  return rows.length > 0
}
