import { sql } from 'drizzle-orm'
import type { Db } from '../client.ts'

export interface Word {
  /** In small letters. */
  text: string
  /** It may go on. */
  unfinished: boolean
}

/** What was typed as Postgres reads it, so that texts and questions have the same words. */
export interface WordQuery {
  query: string
  /** Its finished words alone, where it has others too. */
  finished: string | undefined
  words: Word[]
  /** What the letters of every match contain, in small letters, for `like`. */
  parts: string[]
}

/** Undefined when there is no word in it. */
export async function readWords(db: Db, q: string): Promise<WordQuery | undefined> {
  const [row] = await db.execute<{ query: string | null }>(
    sql`select message_query(${q})::text as query`,
  )
  if (!row?.query) return undefined
  const words = Array.from(
    row.query.matchAll(/'((?:[^']|'')*)'(:\*)?/g),
    ([, text = '', star]) => ({
      text: text.replaceAll("''", "'"),
      unfinished: star !== undefined,
    }),
  )
  const finished = words
    .filter(({ unfinished }) => !unfinished)
    .map(({ text }) => `'${text.replaceAll("'", "''")}'`)
  return {
    query: row.query,
    finished: finished.length % words.length === 0 ? undefined : finished.join(' & '),
    ...{ words, parts: words.map(({ text }) => `%${text}%`) },
  }
}
