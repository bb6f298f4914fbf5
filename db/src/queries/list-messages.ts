import { and, asc, desc, eq, gt, gte, lt, sql } from 'drizzle-orm'
import type { Db } from '../client.ts'
import { messages } from '../schema/messages.ts'
import { decodeCursor, pageOf } from './cursor.ts'

interface Asked {
  conversationId: string
  limit: number
}

/** Newest first; with `after` those behind that place, oldest first. A cursor goes on the way it began. */
export async function listMessages(
  db: Db,
  given: Asked & {
    before?: number | undefined
    after?: number | undefined
    cursor?: string | undefined
  },
) {
  const place = given.cursor && Number(decodeCursor(given.cursor, ['number'])[0])
  const forward = given.after !== undefined
  const from = place || (given.after ?? given.before)
  const rows = await db
    .select({ id: messages.id, seq: messages.seq })
    .from(messages)
    .where(
      and(
        eq(messages.conversationId, given.conversationId),
        from === undefined ? undefined : forward ? gt(messages.seq, from) : lt(messages.seq, from),
      ),
    )
    .orderBy(forward ? asc(messages.seq) : desc(messages.seq))
    .limit(given.limit + 1)
  return pageOf(rows, given.limit, ({ seq }) => [String(seq)])
}

/** Newest first, with a place in the middle: half of them before it, the other half from it on. */
export async function listMessagesAround(
  db: Db,
  { conversationId, around, limit }: Asked & { around: number },
) {
  const newerLimit = Math.ceil(limit / 2)
  const rows = await db
    .select({ id: messages.id, seq: messages.seq })
    .from(messages)
    .where(and(eq(messages.conversationId, conversationId), gte(messages.seq, around)))
    .orderBy(asc(messages.seq))
    .limit(newerLimit + 1)
  const newer = rows.slice(0, newerLimit)
  const older = await db
    .select({ id: messages.id, seq: messages.seq })
    .from(messages)
    .where(and(eq(messages.conversationId, conversationId), lt(messages.seq, around)))
    .orderBy(desc(messages.seq))
    .limit(limit - newer.length + 1)
  const page = pageOf([...newer.toReversed(), ...older], limit, ({ seq }) => [String(seq)])
  return {
    ...page,
    newerAfter: rows.length > newerLimit ? (newer.at(-1)?.seq ?? null) : null,
  }
}

/** The first message from a time on, else the last one; 0 in an empty conversation. */
export async function findPlaceAt(
  db: Db,
  { conversationId, at }: { conversationId: string; at: string },
): Promise<number> {
  const [row] = await db.execute<{ seq: number | null }>(sql`
    select coalesce(
      (select seq from messages where conversation_id = ${conversationId} and created_at >= ${at}
        order by seq limit 1),
      (select max(seq) from messages where conversation_id = ${conversationId})
    )::float8 as seq
  `)
  return row?.seq ?? 0
}
