import { sql } from 'drizzle-orm'
import type { Db } from '../client.ts'
import { deliveries } from '../schema/deliveries.ts'
import { queuedAgain } from './retry-delivery.ts'

/** To these nothing goes, or nothing that arrives: a person asks for each by itself. */
const lost = sql`${deliveries.cause} in ('opted_out', 'member_left', 'unreachable')`

/**
 * Queues again what failed of one message, in its old places. Of two people who ask at once each gets what
 * the other does not.
 */
export async function retryFailed(
  db: Db,
  messageId: string,
): Promise<{ lineId: string; conversationId: string; segments: number }[]> {
  const { lineId, conversationId, segments } = deliveries
  return db
    .update(deliveries)
    .set(queuedAgain)
    .where(
      sql`${deliveries.id} = any(array(
        select ${deliveries.id} from ${deliveries}
        where ${deliveries.messageId} = ${messageId} and ${lost} is not true
          and (${deliveries.state} in ('failed', 'cancelled') or (${deliveries.state} = 'accepted'
            and ${deliveries.status} in ('failed', 'undelivered', 'canceled')))
        order by ${deliveries.id}
        for update skip locked))`,
    )
    .returning({ lineId, conversationId, segments })
}
