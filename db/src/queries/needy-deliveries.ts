import { and, desc, eq, inArray, lt, sql } from 'drizzle-orm'
import type { NeedyDelivery } from '@partyline/contracts/api/needy-deliveries'
import type { ReviewCause } from '@partyline/contracts/delivery-causes'
import type { Db } from '../client.ts'
import { conversations } from '../schema/conversations.ts'
import { deliveries } from '../schema/deliveries.ts'
import { messages } from '../schema/messages.ts'
import { viewConversations } from '../views/conversation.ts'
import { viewDeliveries } from '../views/delivery.ts'
import { type Need, needs } from './attention.ts'
import { decodeCursor, pageOf } from './cursor.ts'
import { visibleTo } from './visibility.ts'

interface Asked {
  viewerId: string
  need: Need
  cause?: ReviewCause | undefined
  cursor?: string | undefined
  limit: number
}

/** Each by the index that finds it: by id what failed, by when it was begun what waits for one reason. */
export async function listNeedyDeliveries(db: Db, asked: Asked) {
  const micros = sql<string>`(extract(epoch from ${deliveries.createdAt}) * 1000000)::bigint::text`
  const byId = asked.need === 'failed'
  const [before, id] = asked.cursor ? decodeCursor(asked.cursor, ['number', 'id']) : []
  const since = byId
    ? lt(deliveries.id, id ?? '')
    : sql`(${deliveries.createdAt}, ${deliveries.id})
        < (timestamptz 'epoch' + ${before}::bigint * interval '1 microsecond', ${id}::uuid)`
  const rows = await db
    .select({ id: deliveries.id, micros })
    .from(deliveries)
    .innerJoin(conversations, eq(conversations.id, deliveries.conversationId))
    .where(
      and(
        needs(asked.need, asked.cause),
        visibleTo(asked.viewerId),
        id === undefined ? undefined : since,
      ),
    )
    .orderBy(...(byId ? [] : [desc(deliveries.createdAt)]), desc(deliveries.id))
    .limit(asked.limit + 1)
  return pageOf(rows, asked.limit, (row) => [row.micros, row.id])
}

/** With what was said and where, so that it can be judged on its own. */
export async function viewNeedyDeliveries(
  db: Db,
  ids: string[],
  viewerId: string,
): Promise<Map<string, NeedyDelivery>> {
  const views = await viewDeliveries(db, ids)
  const rows = await db
    .select({
      id: messages.id,
      conversationId: messages.conversationId,
      preview: sql<string>`left(${messages.body}, 140)`,
      seq: messages.seq,
      authorName: messages.authorName,
      createdAt: messages.createdAt,
    })
    .from(messages)
    .where(inArray(messages.id, [...new Set(Array.from(views.values(), (one) => one.messageId))]))
  const said = new Map(rows.map((row) => [row.id, row]))
  const where = await viewConversations(
    db,
    [...new Set(rows.map((row) => row.conversationId))],
    viewerId,
  )
  return new Map(
    [...views].flatMap(([id, delivery]): [string, NeedyDelivery][] => {
      const message = said.get(delivery.messageId)
      const conversation = message && where.get(message.conversationId)
      if (!conversation) return []
      const { preview, seq, authorName, createdAt } = message
      const { kind, name } = conversation
      return [
        [
          id,
          {
            ...delivery,
            conversation: { id: conversation.id, kind, name },
            message: { preview, seq, authorName, createdAt: createdAt.toISOString() },
          },
        ],
      ]
    }),
  )
}
