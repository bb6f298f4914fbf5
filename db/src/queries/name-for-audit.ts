import { asc, eq, sql } from 'drizzle-orm'
import type { Db } from '../client.ts'
import { addresses, contacts } from '../schema/contacts.ts'
import { conversations } from '../schema/conversations.ts'
import { contactVisibleTo } from './visibility.ts'

/** Sees what everybody may see, and no more. */
const anybody = '00000000-0000-0000-0000-000000000000'

/**
 * What a contact that is about to go was called, to be kept for ever: so of somebody without a name only
 * the end of the number, and nothing of whom only their owner may know.
 */
export async function contactNameForAudit(tx: Db, id: string): Promise<string | undefined> {
  const [found] = await tx
    .select({ name: contacts.name, address: addresses.address })
    .from(contacts)
    .leftJoin(addresses, eq(addresses.contactId, contacts.id))
    .where(sql`${contacts.id} = ${id} and ${contactVisibleTo(anybody)}`)
    .orderBy(asc(addresses.createdAt))
    .limit(1)
  return found?.name ?? (found?.address && `•••${found.address.slice(-4)}`) ?? undefined
}

/** As of a contact; a conversation between users is named by nobody but them. */
export async function conversationNameForAudit(tx: Db, id: string): Promise<string | undefined> {
  const [found] = await tx.select().from(conversations).where(eq(conversations.id, id))
  if (found?.kind === 'group') return found.name ?? undefined
  if (found?.visibility !== 'shared' || found.contactId === null) return undefined
  return contactNameForAudit(tx, found.contactId)
}
