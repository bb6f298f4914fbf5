import { sql } from 'drizzle-orm'
import { AppError } from '@partyline/contracts/errors'
import type { FeedEventType } from '@partyline/contracts/feed'
import type { Db } from '../client.ts'
import { formatCursor, parseCursor, type Place } from './cursor.ts'

export interface ListedEvent extends Place, Record<string, unknown> {
  /** `pruned` is not news: it marks where the kept feed begins (see prune-feed.ts). */
  type: FeedEventType | 'pruned'
  subjectId: string
  conversationId: string | null
  ownerId: string | null
}

export interface EventPage {
  events: ListedEvent[]
  cursor: string
  hasMore: boolean
  /** There are committed events behind an older transaction that still runs: look again soon. */
  heldBack: boolean
  /** How long ago the first of these events began to happen, by the clock of Postgres. */
  ageMs: number
}

/**
 * The events after a cursor, in feed order. Only those below the oldest running transaction: whatever
 * commits from now on has a higher xid than these, so nothing can ever appear behind the new cursor.
 */
export async function listEvents(db: Db, after: string, limit: number): Promise<EventPage> {
  const place = parseCursor(after)
  const rows = await db.execute<ListedEvent & { settled: boolean; age: number }>(sql`
    select xid::text, id::text, type, subject_id as "subjectId",
      conversation_id as "conversationId", owner_id as "ownerId",
      xid < pg_snapshot_xmin(pg_current_snapshot()) as settled,
      extract(epoch from clock_timestamp() - created_at)::float8 as age
    from events
    where (xid, id) > (${place.xid}::text::xid8, ${place.id}::bigint)
      and xid < pg_snapshot_xmax(pg_current_snapshot())
    -- With the table's name: without it these would be the texts selected above, and 9 come after 10.
    order by events.xid, events.id
    limit ${limit + 1}
  `)
  // Asked after the events were read: what is still kept now was kept then.
  await refuseExpired(db, place)
  const settled = rows.filter((row) => row.settled)
  const events = settled.slice(0, limit)
  const last = events.at(-1)
  return {
    events,
    cursor: last ? formatCursor(last) : after,
    hasMore: settled.length > limit,
    heldBack: settled.length < rows.length,
    ageMs: Math.max(0, ...settled.slice(0, limit).map(({ age }) => age * 1_000)),
  }
}

/** The place of the newest event that can be read. */
export async function findHead(db: Db): Promise<Place | undefined> {
  const [head] = await db.execute<Place & Record<string, unknown>>(sql`
    select xid::text, id::text from events
    where xid < pg_snapshot_xmin(pg_current_snapshot())
    order by events.xid desc, events.id desc limit 1
  `)
  return head
}

/** A xid that this server has not given out yet is from a database that has since been restored. */
async function refuseExpired(db: Db, { xid, id }: Place): Promise<void> {
  const [found] = await db.execute<{ expired: boolean }>(sql`
    select ${xid}::text::xid8 >= pg_snapshot_xmax(pg_current_snapshot()) or coalesce((
      select first.type = 'pruned' and (first.xid, first.id) > (${xid}::text::xid8, ${id}::bigint)
      from (select type, xid, id from events order by events.xid, events.id limit 1) as first
    ), false) as expired
  `)
  if (found?.expired) {
    throw new AppError(
      'feed_cursor_expired',
      'The feed no longer reaches back to this cursor. Reload, then follow from the present one.',
    )
  }
}
