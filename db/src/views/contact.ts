import { and, asc, desc, eq, inArray } from 'drizzle-orm'
import type { Contact } from '@partyline/contracts/api/contacts'
import { formatAddress } from '@partyline/contracts/phone'
import type { Db } from '../client.ts'
import { contactVisibleTo, visibleTo } from '../queries/visibility.ts'
import { addresses, contacts } from '../schema/contacts.ts'
import { conversations } from '../schema/conversations.ts'

/** With a viewer: only those they may see. Without: all, and `conversationId` is never a private one. */
export async function viewContacts(
  db: Db,
  ids: string[],
  viewerId?: string,
): Promise<Map<string, Contact>> {
  if (ids.length === 0) return new Map()
  const [rows, addressRows, latest] = await Promise.all([
    db
      .select()
      .from(contacts)
      .where(and(inArray(contacts.id, ids), viewerId ? contactVisibleTo(viewerId) : undefined)),
    db
      .select()
      .from(addresses)
      .where(inArray(addresses.contactId, ids))
      .orderBy(asc(addresses.createdAt), asc(addresses.address)),
    latestConversations(db, ids, viewerId),
  ])
  return new Map(
    rows.map((row) => {
      const own = addressRows.filter((address) => address.contactId === row.id)
      const contact: Contact = {
        id: row.id,
        name: row.name,
        addresses: own.map(({ address, channel }) => ({
          address,
          displayAddress: formatAddress(address),
          channel,
        })),
        ownerId: row.ownerId,
        conversationId: latest.get(row.id) ?? null,
        createdAt: row.createdAt.toISOString(),
      }
      return [row.id, contact]
    }),
  )
}

async function latestConversations(db: Db, contactIds: string[], viewerId: string | undefined) {
  const rows = await db
    .selectDistinctOn([conversations.contactId], {
      contactId: conversations.contactId,
      id: conversations.id,
    })
    .from(conversations)
    .where(
      and(
        inArray(conversations.contactId, contactIds),
        viewerId ? visibleTo(viewerId) : eq(conversations.visibility, 'shared'),
      ),
    )
    .orderBy(conversations.contactId, desc(conversations.lastMessageAt), desc(conversations.id))
  return new Map(rows.map((row) => [row.contactId, row.id]))
}
