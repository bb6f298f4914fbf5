import { type SQL, sql } from 'drizzle-orm'
import type { Db } from '../client.ts'

/** Chance that falls the same way each time: of one key and one salt always the same number below `below`. */
export async function createDraw(db: Db): Promise<void> {
  await db.execute(sql`
    create function pg_temp.draw(key bigint, salt int, below int) returns int
    language sql immutable parallel safe as $$
      select ((hashint8extended(key, salt) & 9223372036854775807) % below)::int
    $$
  `)
}

export const draw = (key: SQL, salt: number, below: SQL | number) =>
  sql`pg_temp.draw(${key}, ${salt}::int, ${below}::int)`

/** One of these texts. */
export const oneOf = (texts: string[], key: SQL, salt: number) =>
  sql`(${sql.param(texts)}::text[])[1 + ${draw(key, salt, texts.length)}]`
