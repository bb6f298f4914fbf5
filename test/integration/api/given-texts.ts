import type { Db } from '@partyline/db/client'
import { type SQL, sql } from 'drizzle-orm'

/** Texts 1 to `count` of a conversation, a second apart; `body` and `at` are of the text `n`. */
export function givenTexts(
  db: Db,
  conversationId: string,
  count: number,
  { body, at = sql`now()` }: { body: SQL; at?: SQL },
) {
  return db.execute(sql`
    insert into messages (id, conversation_id, seq, direction, author_kind, author_name,
      author_address, body, created_at)
    select uuidv7(n * interval '1 second' - interval '1 day'), ${conversationId}, n, 'inbound',
      'contact', 'Mara', '+14155550131', ${body}, ${at}
    from generate_series(1, ${count}::int) as n
  `)
}
