import { and, eq, sql } from 'drizzle-orm'
import type { Db } from '../client.ts'
import { conversations } from '../schema/conversations.ts'
import { deliveries } from '../schema/deliveries.ts'
import { visibleTo } from './visibility.ts'

export type Retried =
  | { outcome: 'queued'; lineId: string; conversationId: string; segments: number }
  | { outcome: 'missing' }
  | { outcome: 'not_retryable' }

/**
 * Puts a delivery that came to a bad end back in its old place. Guarded by the update itself, so of two
 * people who ask at once one does it. `attempt` moves on: a late callback of the failed try must not be
 * taken for the new one.
 */
export async function retryDelivery(
  db: Db,
  given: { id: string; viewerId: string },
): Promise<Retried> {
  return db.transaction(async (tx) => {
    const [seen] = await tx
      .select({ id: deliveries.id })
      .from(deliveries)
      .innerJoin(conversations, eq(conversations.id, deliveries.conversationId))
      .where(and(eq(deliveries.id, given.id), visibleTo(given.viewerId)))
    if (!seen) return { outcome: 'missing' }
    const [row] = await tx
      .update(deliveries)
      .set({
        state: 'queued',
        attempt: sql`${deliveries.attempt} + 1`,
        nextAt: sql`now()`,
        leaseUntil: null,
        twilioSid: null,
        status: null,
        statusRank: 0,
        errorCode: null,
        cause: null,
        updatedAt: sql`now()`,
      })
      .where(
        and(
          eq(deliveries.id, given.id),
          sql`(${deliveries.state} in ('failed', 'cancelled', 'review')
            or (${deliveries.state} = 'accepted'
              and ${deliveries.status} in ('failed', 'undelivered', 'canceled')))`,
        ),
      )
      .returning({
        lineId: deliveries.lineId,
        conversationId: deliveries.conversationId,
        segments: deliveries.segments,
      })
    return row ? { outcome: 'queued', ...row } : { outcome: 'not_retryable' }
  })
}

/** Queues failed deliveries again by ourselves: after the next pause of each, while it has one left. */
export async function requeueFailed(
  db: Db,
  failed: { id: string; pausesMs: number[] }[],
): Promise<void> {
  await db.execute(sql`
    update deliveries set
      state = 'queued', attempt = attempt + 1, auto_retries = auto_retries + 1,
      next_at = now() + (given."pausesMs" ->> auto_retries::int)::float8 * interval '1 millisecond',
      lease_until = null, twilio_sid = null, status = null, status_rank = 0, updated_at = now()
    from jsonb_to_recordset(${JSON.stringify(failed)}::jsonb) as given (id uuid, "pausesMs" jsonb)
    where deliveries.id = given.id
      and deliveries.state = 'accepted'
      and deliveries.status in ('failed', 'undelivered')
      and deliveries.auto_retries < jsonb_array_length(given."pausesMs")
  `)
}
