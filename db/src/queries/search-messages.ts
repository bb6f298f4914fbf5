import { type SQL, sql } from 'drizzle-orm'
import type { Db } from '../client.ts'
import { conversations } from '../schema/conversations.ts'
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

/** Of a rare word all is soon read. Not more than so many: it may have been common until lately. */
const atMost = 10_000

/** Found in a stretch, and few of them in sight: enough read for one page. */
const manyUnseen = 2_000

/**
 * Texts with all of the words, newest first. Common words are met by walking backwards, rare ones through
 * the index of words, those between by that index within a stretch of time that should hold a page of them:
 * the index knows no order, and to read all that it has of a common word takes minutes (docs/adr/0023). So
 * each look is bounded, and the next one reaches further.
 * A page may be short and yet have a next one.
 */
export async function searchMessages(db: Db, given: Given): Promise<Found> {
  const { limit } = given
  const before = given.cursor && decodeCursor(given.cursor, ['id'])[0]
  const below = before ? sql`and id < ${before}::uuid` : sql``
  const near = await walk(db, given, below)
  if (near.length > limit || !(await findPlace(db, below, nearby))) return toPage(near, limit)

  const all = () => lookUp(db, given, { below, atMost })
  const back = async (rows: number) =>
    lookUp(db, given, { below, from: await findPlace(db, below, rows) })
  const stretch = nearby * stretches(near.length, limit)
  for (const look of [() => back(stretch), all, () => back(100 * nearby)]) {
    const { ids, found, from, complete } = await look()
    if (complete || (from && ids.length > limit)) return toPage(ids, limit)
    if (from && found > manyUnseen) return { rows: ids, nextCursor: encodeCursor([from]) }
  }
  return toPage((await lookUp(db, given, { below })).ids, limit)
}

const toPage = (rows: readonly { id: string }[], limit: number) =>
  pageOf(rows, limit, ({ id }) => [id])

/** The text so many back. Undefined: there are not as many. */
async function findPlace(db: Db, below: SQL, rows: number): Promise<string | undefined> {
  const [place] = await db.execute<{ id: string }>(
    sql`select id from messages where true ${below} order by id desc offset ${rows} limit 1`,
  )
  return place?.id
}

/** How many times as far back as was walked, so that twice a page should be there. */
const stretches = (found: number, limit: number) =>
  Math.min(10, Math.ceil((2 * (limit + 1)) / (found + 1)))

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

interface Part {
  below: SQL
  /** Not further back than this text. */
  from?: string | undefined
  /** Not more of them, whichever they are. */
  atMost?: number
}

async function lookUp(db: Db, { viewerId, words, limit }: Given, { below, from, atMost }: Part) {
  // Without both ends the primary key is left alone: it would be read from the cursor to the beginning.
  const stretch = from === undefined ? sql`` : sql`${below} and id >= ${from}::uuid`
  const most = atMost === undefined ? sql`` : sql`limit ${atMost}`
  // Materialized, or the promise of a limit would make the planner walk.
  const [row] = await roomy(db, async (tx) =>
    tx.execute<{ found: number; ids: string[] }>(sql`
    with found as materialized (
      select id, conversation_id from messages
      where message_words(body) @@ ${words.query}::tsquery and kind <> 'event' ${stretch} ${most}
    ), sorted as materialized (select * from found where true ${below} order by id desc)
    select (select count(*)::int from found) as found, to_json(array(
      select sorted.id from sorted where ${inSight(viewerId, sql`sorted.conversation_id`)}
      order by sorted.id desc limit ${limit + 1})) as ids
  `),
  )
  const found = row?.found ?? 0
  const complete = from === undefined && (atMost === undefined || found < atMost)
  return { found, complete, from, ids: (row?.ids ?? []).map((id) => ({ id })) }
}

/**
 * What the index says of a word's beginning is kept text by text only while there is room: in the usual
 * 4 MB it is kept page by page, and forty times as many texts are read to find which were meant.
 */
async function roomy<T>(db: Db, run: (tx: Db) => Promise<T>): Promise<T> {
  return db.transaction(async (tx) => {
    await tx.execute(sql`set local work_mem = '32MB'`)
    return run(tx)
  })
}
