import { and, eq, sql } from 'drizzle-orm'
import type { deliveryFilters } from '@partyline/contracts/api/deliveries'
import type { Db } from '../client.ts'
import { conversations } from '../schema/conversations.ts'
import { deliveries } from '../schema/deliveries.ts'
import { messages } from '../schema/messages.ts'
import { decodeCursor, pageOf } from './cursor.ts'
import { visibleTo } from './visibility.ts'

type DeliveryFilter = (typeof deliveryFilters)[number]

/** In the order in which they are listed: whoever looks, looks for what went wrong. */
const rankOf = { problems: 0, waiting: 1, arrived: 2 } as const satisfies Record<
  DeliveryFilter,
  number
>
const rank = sql<number>`case
  when ${deliveries.state} in ('failed', 'cancelled', 'review', 'unknown') then 0
  when ${deliveries.state} <> 'accepted' then 1
  when ${deliveries.status} in ('failed', 'undelivered', 'canceled') then 0
  when ${deliveries.status} in ('delivered', 'partially_delivered', 'read') then 2
  else 1 end`

/** Undefined when the viewer may not see the message. */
export async function listDeliveries(
  db: Db,
  given: {
    messageId: string
    viewerId: string
    filter?: DeliveryFilter | undefined
    cursor?: string | undefined
    limit: number
  },
) {
  const after = given.cursor && decodeCursor(given.cursor, ['number', 'id'])
  if (!(await isMessageVisible(db, given))) return undefined
  const rows = await db
    .select({ id: deliveries.id, rank })
    .from(deliveries)
    .where(
      and(
        eq(deliveries.messageId, given.messageId),
        given.filter && sql`${rank} = ${rankOf[given.filter]}`,
        after
          ? sql`(${rank}, ${deliveries.id}) > (${after[0]}::bigint, ${after[1]}::uuid)`
          : undefined,
      ),
    )
    .orderBy(rank, deliveries.id)
    .limit(given.limit + 1)
  return pageOf(rows, given.limit, (row) => [String(row.rank), row.id])
}

/** What is not there nobody sees. */
export async function isMessageVisible(
  db: Db,
  { messageId, viewerId }: { messageId: string; viewerId: string },
): Promise<boolean> {
  const found = await db
    .select({ id: messages.id })
    .from(messages)
    .innerJoin(conversations, eq(conversations.id, messages.conversationId))
    .where(and(eq(messages.id, messageId), visibleTo(viewerId)))
  return found.length > 0
}
