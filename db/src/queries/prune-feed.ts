import { sql } from 'drizzle-orm'
import type { Db } from '../client.ts'

const batch = 10_000

/**
 * Forgets events older than this. The newest of them stays, as the mark by which a cursor from before
 * it is known to have missed something. Also forgets what a restored dump brought along from another
 * server: its xids lie ahead of ours, and would surface when ours get there.
 */
export async function pruneFeed(db: Db, olderThanDays: number): Promise<number> {
  const foreign = await db.execute(
    sql`delete from events where xid >= pg_snapshot_xmax(pg_current_snapshot())`,
  )
  let total = foreign.count
  for (let pruned = batch; pruned === batch; total += pruned) {
    pruned = await pruneBatch(db, olderThanDays)
  }
  return total
}

/** In batches, so that a year's worth is not one statement that times out. */
async function pruneBatch(db: Db, olderThanDays: number): Promise<number> {
  const [done] = await db.execute<{ count: number }>(sql`
    with oldest as (
      select id, xid, created_at from events order by events.xid, events.id limit ${batch + 1}
    ), mark as (
      select id, xid from oldest
      where created_at < now() - make_interval(days => ${olderThanDays}::int)
        and xid < pg_snapshot_xmin(pg_current_snapshot())
      order by oldest.xid desc, oldest.id desc limit 1
    ), marked as (
      update events set type = 'pruned' from mark where events.id = mark.id
    ), deleted as (
      delete from events using mark
      where (events.xid, events.id) < (mark.xid, mark.id)
      returning 1
    )
    select count(*)::int as count from deleted
  `)
  return done?.count ?? 0
}
