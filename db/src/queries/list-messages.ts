import { and, asc, desc, eq, gt, lt } from 'drizzle-orm'
import type { Db } from '../client.ts'
import { conversations } from '../schema/conversations.ts'
import { deliveries } from '../schema/deliveries.ts'
import { messages } from '../schema/messages.ts'
import { decodeCursor, pageOf } from './cursor.ts'
import { visibleTo } from './visibility.ts'

/** Newest first; with `after` those behind that place, oldest first. A cursor goes on the way it began. */
export async function listMessages(
  db: Db,
  given: {
    conversationId: string
    after?: number | undefined
    cursor?: string | undefined
    limit: number
  },
) {
  const place = given.cursor && Number(decodeCursor(given.cursor, ['number'])[0])
  const forward = given.after !== undefined
  const from = place || given.after
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

/** Undefined when the viewer may not see the message. */
export async function listDeliveries(
  db: Db,
  given: { messageId: string; viewerId: string; cursor?: string | undefined; limit: number },
) {
  const after = given.cursor && decodeCursor(given.cursor, ['id'])
  const [message] = await db
    .select({ id: messages.id })
    .from(messages)
    .innerJoin(conversations, eq(conversations.id, messages.conversationId))
    .where(and(eq(messages.id, given.messageId), visibleTo(given.viewerId)))
  if (!message) return undefined
  const rows = await db
    .select({ id: deliveries.id })
    .from(deliveries)
    .where(
      and(
        eq(deliveries.messageId, given.messageId),
        after ? gt(deliveries.id, after[0]) : undefined,
      ),
    )
    .orderBy(asc(deliveries.id))
    .limit(given.limit + 1)
  return pageOf(rows, given.limit, ({ id }) => [id])
}
