import { asc, eq, inArray } from 'drizzle-orm'
import type { Db } from '../client.ts'
import { deliveries, sendAttempts, statusEvents } from '../schema/deliveries.ts'
import { inbox } from '../schema/inbox.ts'
import { messages } from '../schema/messages.ts'

/** Whoever may see the message may see these. */
export async function findMessageTimes(db: Db, messageId: string) {
  const [row] = await db
    .select({
      seq: messages.seq,
      twilioSid: messages.twilioSid,
      totalCount: messages.totalCount,
      writtenAt: messages.createdAt,
      source: inbox.source,
      receivedAt: inbox.receivedAt,
      storedAt: inbox.storedAt,
      tries: inbox.attempts,
    })
    .from(messages)
    .leftJoin(inbox, eq(inbox.messageSid, messages.twilioSid))
    .where(eq(messages.id, messageId))
  return row
}

/** Undefined when it is no delivery of this message; without an id the only one. */
export async function findDeliveryTimes(
  db: Db,
  { messageId, deliveryId }: { messageId: string; deliveryId: string | undefined },
) {
  const found = await db
    .select()
    .from(deliveries)
    .where(
      deliveryId === undefined
        ? eq(deliveries.messageId, messageId)
        : eq(deliveries.id, deliveryId),
    )
    .limit(2)
  const [delivery] = found
  if (found.length !== 1 || delivery?.messageId !== messageId) return undefined
  const attempts = await db
    .select()
    .from(sendAttempts)
    .where(eq(sendAttempts.deliveryId, delivery.id))
    .orderBy(asc(sendAttempts.attempt))
  const sids = new Set([delivery.twilioSid, ...attempts.map(({ twilioSid }) => twilioSid)])
  const statuses = await db
    .select()
    .from(statusEvents)
    .where(
      inArray(
        statusEvents.messageSid,
        [...sids].filter((sid) => sid !== null),
      ),
    )
    .orderBy(asc(statusEvents.receivedAt), asc(statusEvents.rank))
  return { delivery, attempts, statuses }
}
