import { type SQL, sql } from 'drizzle-orm'
import { conversationStatuses } from '@partyline/contracts/api/conversations'
import type { Channel } from '@partyline/contracts/channels'
import type { Db } from '../client.ts'
import { type ConversationRow, conversations } from '../schema/conversations.ts'
import { conversationLabels } from '../schema/labels.ts'
import { lines } from '../schema/lines.ts'
import { called, isCalled } from './called.ts'
import { behind, placeOf, sorted, sourceOf } from './conversation-order.ts'
import { pageOf } from './cursor.ts'
import { visibleTo } from './visibility.ts'

export interface ConversationFilter {
  status?: ConversationRow['status'] | undefined
  kind?: ConversationRow['kind'] | undefined
  begun?: boolean | undefined
  unread?: boolean | undefined
  waiting?: boolean | undefined
  scheduled?: boolean | undefined
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
 * By last message, newest first; who waits, longest first; what is scheduled, next first. Each filter has
 * an index in this order for each status (and each line), so what is read is a page of each, put together.
 * Labels and parts of names have none in this order: common ones are found by looking at the newest, rare
 * ones by their own index.
 */
export async function listConversations(db: Db, given: Given) {
  const wanted = given.limit + 1
  const apart = apartFrom(given.filter)
  if (apart.length === 0) {
    return toPage(await db.execute<Place>(select(inOrder(given, wanted))), given)
  }
  for (const nearby of looks) {
    const [near] = await db.execute<Near>(amongNearest(given, apart, { wanted, nearby }))
    if (!near) continue
    if (near.found.length === wanted || near.looked < nearby) return toPage(near.found, given)
    // Five times as many would hold no page either.
    if (near.found.length * 5 < wanted) break
  }
  return toPage(await db.execute<Place>(select(amongThose(given, apart, wanted))), given)
}

const toPage = (rows: readonly Place[], { limit }: Given) =>
  pageOf(rows, limit, (row) => [row.micros, row.id])

/** A filter with an index of its own, in no order: whether one of `near` passes, and the ids of all that do. */
interface Apart {
  passes: SQL
  ids: SQL
}

function apartFrom({ q, labelId }: ConversationFilter): Apart[] {
  const apart: Apart[] = []
  if (q !== undefined && q !== '') apart.push({ passes: isCalled(q), ids: called(q) })
  if (labelId !== undefined) apart.push(labelled(labelId))
  return apart
}

function labelled(labelId: string): Apart {
  const { conversationId } = conversationLabels
  const tied = sql`from ${conversationLabels} where ${conversationLabels.labelId} = ${labelId}`
  return {
    passes: sql`exists (select ${tied} and ${conversationId} = near.id)`,
    ids: sql`select ${conversationId} ${tied}`,
  }
}

/** So many of the first are looked at one by one: a page of what is common, and then of what is less so. */
const looks = [200, 1_000]

interface Near extends Record<string, unknown> {
  looked: number
  found: Place[]
}

const amongNearest = (
  given: Given,
  apart: Apart[],
  { wanted, nearby }: { wanted: number; nearby: number },
) => sql`
  with near as materialized (${inOrder(given, nearby, sql`, contact_id, name, address`)}),
  found as materialized (
    select near.id, near.place from near
    where ${sql.join(
      apart.map(({ passes }) => passes),
      sql` and `,
    )} ${sorted(given.filter, sql`near.place`, sql`near.id`)} limit ${wanted}
  )
  select (select count(*)::int from near) as looked, coalesce((
    select json_agg(json_build_object('id', id, 'micros', ${micros(sql`place`)})
      ${sorted(given.filter, sql`place`, sql`id`)}) from found
  ), '[]') as found`

const amongThose = (given: Given, apart: Apart[], limit: number) => sql`
  select ${conversations.id}, ${placeOf(given.filter)} as place from ${sourceOf(given.filter)}
  where ${sql.join(
    apart.map(({ ids }) => sql`${conversations.id} = any(array(${ids}))`),
    sql` and `,
  )} and ${conditions(given)} ${statusIs(given.filter)} ${lineIs(given.filter)}
  ${sorted(given.filter, placeOf(given.filter), sql`${conversations.id}`)} limit ${limit}`

const select = (page: SQL) =>
  sql`select page.id, ${micros(sql`page.place`)} as micros from (${page}) as page`

const micros = (place: SQL) => sql`(extract(epoch from ${place}) * 1000000)::bigint::text`

/** The first `limit` of what is asked for, as id and place. */
function inOrder(given: Given, limit: number, besides = sql``): SQL {
  const { filter } = given
  const byLine = filter.lineId !== undefined || filter.channel !== undefined
  const page = (more: SQL) => sql`
    select ${conversations.id}, ${placeOf(given.filter)} as place ${besides} from ${sourceOf(filter)}
    where ${conditions(given)} ${more}
    ${sorted(given.filter, placeOf(given.filter), sql`${conversations.id}`)} limit ${limit}`
  // Of a range that is named outright the planner knows how much it holds.
  const isOne = filter.status !== undefined && (!byLine || isOneLine(filter))
  if (filter.waiting || filter.scheduled || isOne)
    return page(sql`${statusIs(filter)} ${lineIs(filter)}`)
  const inRange = sql`and ${conversations.status} = range.status
    ${byLine ? sql`and ${conversations.lineId} = place.id` : sql``}`
  return sql`
    select each.id, each.place ${besides} from
      unnest(${statusesOf(filter)}) as range (status)
      ${byLine ? sql`cross join (${linesOf(filter)}) as place` : sql``}
      cross join lateral (${page(inRange)}) as each
    ${sorted(given.filter, sql`each.place`, sql`each.id`)} limit ${limit}`
}

const statusesOf = ({ status }: ConversationFilter) =>
  sql`${sql.param(status === undefined ? [...conversationStatuses] : [status])}::text[]::conversation_status[]`

const statusIs = (filter: ConversationFilter) =>
  filter.status === undefined ? sql`` : sql`and ${conversations.status} = ${filter.status}`

const isOneLine = ({ lineId, channel }: ConversationFilter) =>
  lineId !== undefined && channel === undefined

function lineIs(filter: ConversationFilter): SQL {
  if (isOneLine(filter)) return sql`and ${conversations.lineId} = ${filter.lineId}`
  return filter.channel === undefined
    ? sql``
    : sql`and ${conversations.lineId} in (${linesOf(filter)})`
}

const linesOf = ({ lineId, channel }: ConversationFilter) => sql`
  select ${lines.id} from ${lines} where true
    ${lineId === undefined ? sql`` : sql`and ${lines.id} = ${lineId}`}
    ${channel === undefined ? sql`` : sql`and ${lines.channel} = ${channel}`}`

/** All but status and line. Partial indexes want their condition word for word. */
function conditions(given: Given): SQL {
  const { begun, unread, waiting, kind, assigneeId } = given.filter
  return sql.join([
    visibleTo(given.viewerId),
    ...(waiting ? [sql` and waiting_since is not null and status = 'open'`] : []),
    ...(begun ? [sql` and ${conversations.begun}`] : []),
    ...(unread ? [sql` and inbound_count > read_count`] : []),
    ...(kind === undefined ? [] : [sql` and ${conversations.kind} = ${kind}`]),
    ...(kind === undefined || kind === 'direct' ? [] : [sql` and kind <> 'direct'`]),
    ...(assigneeId === null ? [sql` and ${conversations.assigneeId} is null`] : []),
    ...(assigneeId ? [sql` and ${conversations.assigneeId} = ${assigneeId}`] : []),
    behind(given.filter, given.cursor),
  ])
}
