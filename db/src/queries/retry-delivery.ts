import { and, eq, type SQL, sql } from 'drizzle-orm'
import type { ReviewCause } from '@partyline/contracts/delivery-causes'
import type { Db } from '../client.ts'
import { conversations } from '../schema/conversations.ts'
import { deliveries } from '../schema/deliveries.ts'
import { hasFailed } from './has-failed.ts'
import { countsLeftOut, isLeftOut, type LeftOut } from './left-out.ts'
import { visibleTo } from './visibility.ts'

interface Queued {
  lineId: string
  conversationId: string
  segments: number
}

export type Retried =
  ({ outcome: 'queued' } & Queued) | { outcome: 'missing' } | { outcome: 'not_retryable' }

/** In its old place. `attempt` moves on: a late callback of the failed try must not be taken for the new one. */
const queuedAgain = {
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
} as const

/**
 * Puts a delivery that came to a bad end back in its old place. Guarded by the update itself, so of two
 * people who ask at once one does it.
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
      .set(queuedAgain)
      .where(
        and(
          eq(deliveries.id, given.id),
          sql`(${deliveries.state} in ('cancelled', 'review') or ${hasFailed})`,
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

interface Held {
  viewerId: string
  cause: ReviewCause
  messageId?: string | undefined
}

/** What waits for a person for one reason, as far as the viewer may see it. */
const heldFor = ({ viewerId, cause, messageId }: Held) => sql`
  from ${deliveries} join ${conversations} on ${conversations.id} = ${deliveries.conversationId}
  where ${deliveries.state} = 'review' and ${deliveries.cause} = ${cause} and ${visibleTo(viewerId)}
    ${messageId === undefined ? sql`` : sql`and ${deliveries.messageId} = ${messageId}`}`

/** Queues them again, the oldest first, but for those that would fail. */
export async function retryHeld(db: Db, held: Held, limit: number): Promise<Queued[]> {
  return queueAgain(
    db,
    sql`select ${deliveries.id} ${heldFor(held)} and not ${isLeftOut}
      order by ${deliveries.createdAt}, ${deliveries.seq}, ${deliveries.part} limit ${limit}`,
  )
}

/** In their old places. Of two people who ask at once each gets what the other does not. */
export async function queueAgain(db: Db, which: SQL): Promise<Queued[]> {
  const { lineId, conversationId, segments } = deliveries
  return db
    .update(deliveries)
    .set(queuedAgain)
    .where(sql`${deliveries.id} = any(array(${which} for update of deliveries skip locked))`)
    .returning({ lineId, conversationId, segments })
}

/** Those that can be sent, and those that cannot, by the reason why. */
export async function countHeld(db: Db, held: Held): Promise<LeftOut & { left: number }> {
  const [row] = await db.execute<LeftOut & { left: number }>(sql`
    select (count(*) filter (where not ${isLeftOut}))::int as left, ${countsLeftOut}
    ${heldFor(held)}
  `)
  return row ?? { left: 0, late: 0, withdrawn: 0 }
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
