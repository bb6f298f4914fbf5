import { and, asc, eq, isNotNull, type SQL, sql } from 'drizzle-orm'
import type { ReviewCause } from '@partyline/contracts/delivery-causes'
import { countedAtMost } from '@partyline/contracts/api/statistics'
import type { Db } from '../client.ts'
import { conversations } from '../schema/conversations.ts'
import { deliveries } from '../schema/deliveries.ts'
import { type ScheduledRow, scheduledMessages } from '../schema/scheduled.ts'
import { idAt } from './count-hour.ts'
import { hasFailed } from './has-failed.ts'
import { visibleTo } from './visibility.ts'

const isWaiting = sql`${conversations.waitingSince} is not null and ${conversations.status} = 'open'`

/** Who has waited longest for a person's answer. */
export async function listWaiting(db: Db, viewerId: string, limit: number): Promise<string[]> {
  const rows = await db
    .select({ id: conversations.id })
    .from(conversations)
    .where(and(isWaiting, visibleTo(viewerId)))
    .orderBy(asc(conversations.waitingSince))
    .limit(limit)
  return rows.map(({ id }) => id)
}

export function countWaiting(db: Db, viewerId: string): Promise<number> {
  return countSome(db, sql`from ${conversations} where ${isWaiting} and ${visibleTo(viewerId)}`)
}

export type Need = 'unknown' | 'review' | 'failed'

const failedDays = 7

/** What keeps a delivery from being over and done with, as one index finds it. */
export function needs(need: Need, cause?: ReviewCause): SQL {
  if (need === 'unknown') return sql`${deliveries.state} = 'unknown'`
  if (need === 'failed') {
    const since = idAt(new Date(Date.now() - failedDays * 86_400_000))
    return sql`${hasFailed} and ${deliveries.id} >= ${since}::uuid`
  }
  const because = cause === undefined ? sql`` : sql` and ${deliveries.cause} = ${cause}`
  return sql`${deliveries.state} = 'review'${because}`
}

export function countNeeding(
  db: Db,
  viewerId: string,
  need: Need,
  cause?: ReviewCause,
): Promise<number> {
  return countSome(
    db,
    // Looked up for each: a join would read all conversations first.
    sql`from ${deliveries} where ${needs(need, cause)} and (
      select ${visibleTo(viewerId)} from ${conversations}
      where ${conversations.id} = ${deliveries.conversationId})`,
  )
}

/** Counts no further than matters, so that it takes no longer on a bad day than on a good one. */
async function countSome(db: Db, from: SQL): Promise<number> {
  const [row] = await db.execute<{ count: number }>(
    sql`select count(*)::int as count from (select 1 ${from} limit ${countedAtMost}) as found`,
  )
  return row?.count ?? 0
}

/** Scheduled texts that could not be sent, the latest first. */
export async function listStuck(
  db: Db,
  viewerId: string,
  limit: number,
): Promise<{ row: ScheduledRow; kind: 'direct' | 'group' | 'web' }[]> {
  return db
    .select({ row: scheduledMessages, kind: conversations.kind })
    .from(scheduledMessages)
    .innerJoin(conversations, eq(conversations.id, scheduledMessages.conversationId))
    .where(and(isNotNull(scheduledMessages.problem), visibleTo(viewerId)))
    .orderBy(sql`${scheduledMessages.sendAt} desc`)
    .limit(limit)
}

export function countStuck(db: Db, viewerId: string): Promise<number> {
  return countSome(
    db,
    sql`from ${scheduledMessages} join ${conversations}
      on ${conversations.id} = ${scheduledMessages.conversationId}
      where ${scheduledMessages.problem} is not null and ${visibleTo(viewerId)}`,
  )
}
