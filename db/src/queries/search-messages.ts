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

/** So many of the newest tell which word is common. */
const sampled = 1_000

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
  const near = await walk(db, given, { below, rows: nearby, wanted: limit + 1 })
  const end = near.length > limit ? undefined : await findPlace(db, below, nearby)
  if (!end) return toPage(near, limit)
  if (near.length >= enough(limit)) {
    const wanted = limit + 1 - near.length
    const further = sql`${below} and id <= ${end}::uuid`
    const far = await walk(db, given, { below: further, rows: 10 * nearby, wanted })
    if (far.length === wanted) return toPage([...near, ...far], limit)
  }

  const by = await wordsToAsk(db, given, below)
  const all = () => lookUp(db, given, { below, by, atMost })
  const back = async (rows: number) =>
    lookUp(db, given, { below, by, from: await findPlace(db, below, rows) })
  for (const look of [() => back(10 * nearby), all, () => back(100 * nearby)]) {
    const { ids, found, from, complete } = await look()
    if (complete || (from && ids.length > limit)) return toPage(ids, limit)
    if (from && found > manyUnseen) return { rows: ids, nextCursor: encodeCursor([from]) }
  }
  return toPage((await lookUp(db, given, { below, by })).ids, limit)
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

/** So many are found nearby that a page should be there, walking on ten times as far. */
const enough = (limit: number) => Math.ceil((limit + 1) / 8)

const inSight = (viewerId: string, conversationId: SQL) => sql`exists (
  select from ${conversations} where ${conversations.id} = ${conversationId} and ${visibleTo(viewerId)})`

interface Walk {
  below: SQL
  rows: number
  wanted: number
}

/** A text's words are made only where the letters are there, which is a hundred times as fast to see. */
function walk(db: Db, { viewerId, words }: Given, { below, rows, wanted }: Walk) {
  return db.execute<{ id: string }>(sql`
    select near.id from (
      select id, conversation_id, kind, body from messages where true ${below}
      order by id desc limit ${rows}
    ) as near
    where near.kind <> 'event' and ${hasLetters(sql`near.body`, words)}
      and message_words(near.body) @@ ${words.query}::tsquery
      and ${inSight(viewerId, sql`near.conversation_id`)}
    order by near.id desc limit ${wanted}
  `)
}

/** Where English letters will do, Postgres need not know those of the world: half the time. */
function hasLetters(body: SQL, { parts }: Pick<WordQuery, 'parts'>): SQL {
  const alphabet = parts.every((part) => /^[\0-\x7f]*$/.test(part)) ? sql`collate "C"` : sql``
  return sql`lower(${body} ${alphabet}) like all(${sql.param(parts)}::text[])`
}

/**
 * The index reads whatever begins as an unfinished word does, and of `h` that is half a million texts. So of
 * "invoice h" it is asked for the rare word alone, and what it finds is looked through for the other.
 */
async function wordsToAsk(db: Db, { words }: Given, below: SQL): Promise<string | undefined> {
  if (words.finished === undefined) return undefined
  const isThere = (unfinished: boolean) => {
    const parts = words.parts.filter((_, index) => words.words[index]?.unfinished === unfinished)
    return sql`coalesce(bool_or(${hasLetters(sql`body`, { parts })}), false)`
  }
  const [row] = await db.execute<{ rare: boolean }>(sql`
    select ${isThere(true)} and not ${isThere(false)} as rare
    from (select body from messages where true ${below} order by id desc limit ${sampled}) as near
  `)
  return row?.rare ? words.finished : undefined
}

interface Part {
  below: SQL
  /** Words that the index is asked for instead of all. */
  by: string | undefined
  /** Not further back than this text. */
  from?: string | undefined
  /** Not more of them, whichever they are. */
  atMost?: number
}

async function lookUp(db: Db, { viewerId, words, limit }: Given, part: Part) {
  const { below, by, from, atMost } = part
  // Without both ends the primary key is left alone: it would be read from the cursor to the beginning.
  const stretch = from === undefined ? sql`` : sql`${below} and id >= ${from}::uuid`
  const most = atMost === undefined ? sql`` : sql`limit ${atMost}`
  const indexed = sql`message_words(body) @@ ${by ?? words.query}::tsquery and kind <> 'event' ${stretch}`
  // Apart (`offset 0`), or the index would be asked for the rest too.
  const matching =
    by === undefined
      ? sql`messages where ${indexed}`
      : sql`(select * from messages where ${indexed} offset 0) as messages
          where ${hasLetters(sql`body`, words)} and message_words(body) @@ ${words.query}::tsquery`
  // Materialized, or the promise of a limit would make the planner walk.
  const [row] = await roomy(db, async (tx) =>
    tx.execute<{ found: number; ids: string[] }>(sql`
    with found as materialized (
      select id, conversation_id from ${matching} ${most}
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
