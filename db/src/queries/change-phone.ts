import { and, asc, eq, isNull } from 'drizzle-orm'
import { channelOf } from '@partyline/contracts/channels'
import type { Db } from '../client.ts'
import { addresses } from '../schema/contacts.ts'
import { conversations, members } from '../schema/conversations.ts'
import { linkAddress, recordContactChanged } from './contacts.ts'
import { recordChanges } from './events.ts'

/**
 * Moves a contact from the number they had on this channel to a new one: their conversations and group
 * memberships go along. Texts that are already queued still go to the old number.
 */
export async function changePhone(tx: Db, contactId: string, address: string): Promise<void> {
  const channel = channelOf(address)
  const before = await tx
    .select()
    .from(addresses)
    .where(and(eq(addresses.contactId, contactId), eq(addresses.channel, channel)))
    .orderBy(asc(addresses.createdAt), asc(addresses.address))
  if (before.some((row) => row.address === address)) return

  await linkAddress(tx, { contactId, address, channel })
  const old = before[0]?.address
  if (old !== undefined) {
    await tx.delete(addresses).where(eq(addresses.address, old))
    await tx
      .update(conversations)
      .set({ address })
      .where(and(eq(conversations.contactId, contactId), eq(conversations.address, old)))
    const moved = await tx
      .update(members)
      .set({ address })
      .where(
        and(eq(members.contactId, contactId), eq(members.address, old), isNull(members.leftAt)),
      )
      .returning({ id: members.id, conversationId: members.conversationId })
    await recordChanges(
      tx,
      moved.map(({ id, conversationId }) => ({
        type: 'member.changed',
        subjectId: id,
        conversationId,
      })),
    )
  }
  await recordContactChanged(tx, contactId)
}
