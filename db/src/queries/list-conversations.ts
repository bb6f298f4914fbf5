import { type SQL, sql } from 'drizzle-orm'
import { conversationStatuses } from '@partyline/contracts/api/conversations'
import type { Channel } from '@partyline/contracts/channels'
import type { Db } from '../client.ts'
import { contacts } from '../schema/contacts.ts'
import { type ConversationRow, conversations } from '../schema/conversations.ts'
import { conversationLabels } from '../schema/labels.ts'
import { lines } from '../schema/lines.ts'
import { called, isCalled } from './called.ts'
import { decodeCursor, pageOf } from './cursor.ts'
import { visibleTo } from './visibility.ts'

export interface ConversationFilter {
  status?: ConversationRow['status'] | undefined
  kind?: ConversationRow['kind'] | undefined
  unread?: boolean | undefined
  waiting?: boolean | undefined
  /** Null: nobody's. */
  assigneeId?: string | null | undefined
  channel?: Channel | undefined
  lineId?: string | undefined
  labelId?: string | undefined
  q?: string | undefined
}

interface Given {
  viewerId: string
  filter: ConversationFilter
  cursor?: string | undefined
  limit: number
}

interface Place extends Record<string, unknown> {
  id: string
  micros: string
}

/**
 * By last message, newest first; who waits, longest first. Each filter has an index in this order for
 * each status (and each line), so what is read is a page of each, put together.
 */
export async function listConversations(db: Db, given: Given) {
  const rows =
    given.filter.q === undefined || given.filter.q === ''
      ? await db.execute<Place>(select(scope(given, await rare(db, given.filter), given.limit + 1)))
      : await listCalled(db, given, given.filter.q)
  return pageOf(rows, given.limit, (row) => [row.micros, row.id])
}

/** So many of the newest are looked at one by one: a common part of a name is found at once. */
const nearby = 3_000

/** A rare part of a name is found by the index of parts, a common one by looking at the newest. */
async function listCalled(db: Db, given: Given, q: string): Promise<readonly Place[]> {
  const wanted = given.limit + 1
  const near = await db.execute<Place & { looked: number }>(sql`
    with near as materialized (${scope(given, sql``, nearby)})
    select found.id, ${micros(sql`found.place`)} as micros,
      (select count(*)::int from near) as looked
    from (
      select near.id, near.place from near
      join ${conversations} on ${conversations.id} = near.id
      left join ${contacts} on ${contacts.id} = ${conversations.contactId}
      where ${isCalled(q)} ${sorted(given, sql`near.place`, sql`near.id`)} limit ${wanted}
    ) as found ${sorted(given, sql`found.place`, sql`found.id`)}
  `)
  const [first] = near
  if (near.length === wanted || (first && first.looked < nearby)) return near
  const among = sql`and ${conversations.id} = any(array(${called(q)}))`
  return db.execute<Place>(select(scope(given, among, wanted)))
}

const select = (page: SQL) =>
  sql`select page.id, ${micros(sql`page.place`)} as micros from (${page}) as page`

const micros = (place: SQL) => sql`(extract(epoch from ${place}) * 1000000)::bigint::text`

/** The first `limit` of what is asked for, as id and place, in order. */
function scope(given: Given, more: SQL, limit: number): SQL {
  const { filter } = given
  const place = filter.waiting
    ? sql`${conversations.waitingSince}`
    : sql`${conversations.lastMessageAt}`
  const page = sql`
    select ${conversations.id}, ${place} as place from ${conversations}
    where ${visibleTo(given.viewerId)} ${conditions(filter)} ${more} ${behind(given, place)}
    ${sorted(given, place, sql`${conversations.id}`)} limit ${limit}`
  if (filter.waiting) return page
  return sql`
    select each.id, each.place from ${ranges(filter)} cross join lateral (${page}) as each
    ${sorted(given, sql`each.place`, sql`each.id`)} limit ${limit}`
}

/** `nulls last` is how the indexes are ordered: without the words they would not be used. */
const sorted = ({ filter }: Given, place: SQL, id: SQL) =>
  filter.waiting
    ? sql`order by ${place}, ${id}`
    : sql`order by ${place} desc nulls last, ${id} desc nulls last`

function behind({ cursor, filter }: Given, place: SQL): SQL {
  if (cursor === undefined) return sql``
  const [micros, id] = decodeCursor(cursor, ['number', 'id'])
  const last = sql`(timestamptz 'epoch' + ${micros}::bigint * interval '1 microsecond', ${id}::uuid)`
  return filter.waiting
    ? sql`and (${place}, ${conversations.id}) > ${last}`
    : sql`and (${place}, ${conversations.id}) < ${last}`
}

function ranges({ status, lineId, channel }: ConversationFilter): SQL {
  const statuses = status === undefined ? conversationStatuses : [status]
  const byStatus = sql`unnest(${sql.param([...statuses])}::text[]::conversation_status[]) as range (status)`
  if (lineId !== undefined) return sql`${byStatus} cross join (select ${lineId}::uuid as id) as at`
  if (channel === undefined) return byStatus
  return sql`${byStatus} cross join (
    select ${lines.id} from ${lines} where ${lines.channel} = ${channel}) as at`
}

function conditions(filter: ConversationFilter): SQL {
  const { status, waiting, kind, assigneeId } = filter
  const byLine = filter.lineId !== undefined || filter.channel !== undefined
  // Partial indexes want their condition word for word, so kinds are not parameters.
  return sql.join([
    waiting
      ? sql`and ${conversations.waitingSince} is not null and ${conversations.status} = 'open'`
      : sql`and ${conversations.status} = range.status`,
    ...(waiting && status !== undefined ? [sql` and ${conversations.status} = ${status}`] : []),
    ...(waiting && byLine ? [sql` and ${conversations.lineId} in (${linesOf(filter)})`] : []),
    ...(!waiting && byLine ? [sql` and ${conversations.lineId} = at.id`] : []),
    ...(filter.unread ? [sql` and inbound_count > read_count`] : []),
    ...(kind === 'direct' ? [sql` and ${conversations.kind} = 'direct'`] : []),
    ...(kind !== undefined && kind !== 'direct'
      ? [sql` and kind <> 'direct' and ${conversations.kind} = ${kind}`]
      : []),
    ...(assigneeId === null ? [sql` and ${conversations.assigneeId} is null`] : []),
    ...(assigneeId ? [sql` and ${conversations.assigneeId} = ${assigneeId}`] : []),
    ...(filter.labelId === undefined ? [] : [sql` and exists (${tied(filter.labelId)})`]),
  ])
}

const linesOf = ({ lineId, channel }: ConversationFilter) =>
  lineId === undefined
    ? sql`select ${lines.id} from ${lines} where ${lines.channel} = ${channel}`
    : sql`${lineId}`

const tied = (labelId: string) => sql`
  select from ${conversationLabels} where ${conversationLabels.conversationId} = ${conversations.id}
    and ${conversationLabels.labelId} = ${labelId}`

const few = 3_000

/** A label on few conversations: those are looked at, instead of all in their order. */
async function rare(db: Db, { labelId }: ConversationFilter): Promise<SQL> {
  if (labelId === undefined) return sql``
  const theirs = sql`select ${conversationLabels.conversationId} from ${conversationLabels}
    where ${conversationLabels.labelId} = ${labelId}`
  const [found] = await db.execute<{ count: number }>(
    sql`select count(*)::int as count from (${theirs} limit ${few + 1}) as counted`,
  )
  return (found?.count ?? 0) > few ? sql`` : sql`and ${conversations.id} = any(array(${theirs}))`
}
