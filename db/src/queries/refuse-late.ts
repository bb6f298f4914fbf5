import { eq } from 'drizzle-orm'
import type { Db } from '../client.ts'
import { conversations } from '../schema/conversations.ts'
import { deliveries } from '../schema/deliveries.ts'
import { messages } from '../schema/messages.ts'
import { wordingOf } from './wording.ts'

/** Tried again, it is as it would be now: free text may come too late, and a template may have been withdrawn. */
export async function refuseLate(tx: Db, deliveryId: string): Promise<void> {
  const { id, kind, address } = conversations
  const { body, template } = messages
  const [found] = await tx
    .select({ place: { id, kind, address }, body, template })
    .from(deliveries)
    .innerJoin(messages, eq(messages.id, deliveries.messageId))
    .innerJoin(conversations, eq(id, deliveries.conversationId))
    .where(eq(deliveries.id, deliveryId))
  if (found) await wordingOf(tx, found.place, found)
}
