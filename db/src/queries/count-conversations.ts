import { and, eq, isNotNull, isNull, type SQL, sql } from 'drizzle-orm'
import { type ConversationCounts, maxCount } from '@partyline/contracts/api/conversations'
import type { Db } from '../client.ts'
import { conversations } from '../schema/conversations.ts'
import { withNext } from './planned.ts'
import { visibleTo } from './visibility.ts'

/** Each is counted no further than `maxCount`, through an index, so that asking is always cheap. */
export async function countConversations(db: Db, viewerId: string): Promise<ConversationCounts> {
  const { status, begun, assigneeId, waitingSince } = conversations
  const open = and(eq(status, sql`'open'`), begun)
  const unread = sql`inbound_count > read_count`
  const upTo = (what: SQL | undefined, source = sql`${conversations}`) => sql<number>`(
    select count(*)::int from (
      select from ${source} where ${and(what, visibleTo(viewerId))} limit ${maxCount}) as counted)`
  const [counts] = await db.execute<ConversationCounts & Record<string, unknown>>(sql`
    select ${upTo(open)} as open,
      ${upTo(and(open, unread))} as unread,
      ${upTo(and(open, eq(assigneeId, viewerId)))} as mine,
      ${upTo(and(open, unread, eq(assigneeId, viewerId)))} as "mineUnread",
      ${upTo(and(open, isNull(assigneeId)))} as unassigned,
      ${upTo(and(open, isNotNull(waitingSince)))} as waiting,
      ${upTo(eq(status, sql`'snoozed'`))} as snoozed,
      ${upTo(undefined, withNext)} as scheduled
  `)
  if (!counts) throw new Error('select returned no row')
  return counts
}
