import { type SQL, sql } from 'drizzle-orm'
import type { Db } from '../client.ts'
import { conversations } from '../schema/conversations.ts'
import { idAt } from './count-hour.ts'
import { decodeCursor, encodeCursor, pageOf } from './cursor.ts'
import type { WordQuery } from './word-query.ts'
import { visibleTo } from './visibility.ts'

interface Given {
  viewerId: string
  words: WordQuery
  cursor?: string | undefined
  limit: number
}

interface Found {
  rows: readonly { id: string }[]
  nextCursor: string | null
}

/** So many of the newest are read one by one: a word that is in one of 500 texts fills a page there. */
const nearby = 10_000

/** Fewer than these among them: so rare that all there is of it is soon read. */
const rare = 3

/** Found in a stretch, and few of them in sight: enough read for one page. */
const manyUnseen = 2_000

/**
 * Texts with all of the words, newest first. Common words are met by walking backwards, rare ones through
 * the index of words, those between by that index within a stretch of time that should hold a page of them:
 * the index knows no order, and to read all that it has of a common word takes minutes (docs/adr/0023).
 * A page may be short and yet have a next one.
 */
export async function searchMessages(db: Db, given: Given): Promise<Found> {
  const { limit } = given
  const before = given.cursor && decodeCursor(given.cursor, ['id'])[0]
  const below = before ? sql`and id < ${before}::uuid` : sql``
  const near = await walk(db, given, below)
  if (near.length > limit) return toPage(near, limit)

  const [end] = await db.execute<{ id: string }>(
    sql`select id from messages where true ${below} order by id desc offset ${nearby} limit 1`,
  )
  if (!end) return toPage(near, limit)
  if (near.length < rare) return toPage((await lookUp(db, given, { below })).ids, limit)
  const passed = (before ? timeOf(before) : Date.now()) - timeOf(end.id)
  const from = idAt(new Date(timeOf(end.id) - passed * stretches(near.length, limit)))
  const inStretch = await lookUp(db, given, { below, from })
  if (inStretch.ids.length > limit) return toPage(inStretch.ids, limit)
  if (inStretch.found > manyUnseen) {
    return { rows: inStretch.ids, nextCursor: encodeCursor([from]) }
  }
  const { ids } = await lookUp(db, given, { below })
  return toPage(ids, limit)
}

const toPage = (rows: readonly { id: string }[], limit: number) =>
  pageOf(rows, limit, ({ id }) => [id])

/** The first 48 bits of an id are when it was made. */
const timeOf = (id: string) => Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)

/** How many times as far back as was walked, so that twice a page should be there. */
const stretches = (found: number, limit: number) => Math.ceil((2 * (limit + 1)) / (found + 1))

const inSight = (viewerId: string, conversationId: SQL) => sql`exists (
  select from ${conversations} where ${conversations.id} = ${conversationId} and ${visibleTo(viewerId)})`

/** A text's words are made only where the letters are there, which is a hundred times as fast to see. */
function walk(db: Db, { viewerId, words, limit }: Given, below: SQL) {
  return db.execute<{ id: string }>(sql`
    select near.id from (
      select id, conversation_id, kind, body from messages where true ${below}
      order by id desc limit ${nearby}
    ) as near
    where near.kind <> 'event' and near.body ilike all(${sql.param(words.parts)}::text[])
      and message_words(near.body) @@ ${words.query}::tsquery
      and ${inSight(viewerId, sql`near.conversation_id`)}
    order by near.id desc limit ${limit + 1}
  `)
}

async function lookUp(
  db: Db,
  { viewerId, words, limit }: Given,
  { below, from }: { below: SQL; from?: string },
) {
  // Without both ends the primary key is left alone: it would be read from the cursor to the beginning.
  const stretch = from === undefined ? sql`` : sql`${below} and id >= ${from}::uuid`
  // Materialized, or the promise of a limit would make the planner walk.
  const [row] = await db.execute<{ found: number; ids: string[] }>(sql`
    with found as materialized (
      select id, conversation_id from messages
      where message_words(body) @@ ${words.query}::tsquery and kind <> 'event' ${stretch}
    ), sorted as materialized (select * from found where true ${below} order by id desc)
    select (select count(*)::int from found) as found, to_json(array(
      select sorted.id from sorted where ${inSight(viewerId, sql`sorted.conversation_id`)}
      order by sorted.id desc limit ${limit + 1})) as ids
  `)
  return { found: row?.found ?? 0, ids: (row?.ids ?? []).map((id) => ({ id })) }
}
