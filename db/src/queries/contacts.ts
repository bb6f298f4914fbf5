import { and, asc, eq, isNull, sql } from 'drizzle-orm'
import { AppError } from '@partyline/contracts/errors'
import type { Db } from '../client.ts'
import { addresses, contacts } from '../schema/contacts.ts'
import { conversations } from '../schema/conversations.ts'
import { recordChanges } from './events.ts'
import { contactVisibleTo } from './visibility.ts'

export async function contactIsVisible(db: Db, id: string, viewerId: string): Promise<boolean> {
  return (await db.$count(contacts, and(eq(contacts.id, id), contactVisibleTo(viewerId)))) > 0
}

/** Who has this address: the contact, and whether this viewer may know of them. */
export async function findContactByAddress(db: Db, address: string, viewerId: string) {
  const [row] = await db
    .select({
      id: contacts.id,
      name: contacts.name,
      visible: sql<boolean>`${contactVisibleTo(viewerId)}`,
    })
    .from(addresses)
    .innerJoin(contacts, eq(contacts.id, addresses.contactId))
    .where(eq(addresses.address, address))
  return row
}

/** Names somebody who texted before anybody knew them. A name that is there stays. */
export async function nameIfUnnamed(tx: Db, id: string, name: string): Promise<void> {
  const named = await tx
    .update(contacts)
    .set({ name, importId: null })
    .where(and(eq(contacts.id, id), isNull(contacts.name)))
    .returning({ id: contacts.id })
  if (named.length > 0) await recordContactChanged(tx, id)
}

/** Groups that knew them by the old name know them by the new one; a name of their own stays. */
export async function renameContact(tx: Db, id: string, name: string): Promise<void> {
  const seats = await tx.execute<{ id: string; conversation_id: string }>(sql`
    with before as (select id, name from contacts where id = ${id} for update),
      renamed as (
        update contacts set name = ${name}, import_id = null from before where contacts.id = before.id
        returning contacts.id, before.name as before
      )
    update members set name = ${name} from renamed
    where members.contact_id = renamed.id and members.left_at is null
      and members.name = renamed.before and members.name <> ${name}
    returning members.id, members.conversation_id
  `)
  await recordChanges(
    tx,
    seats.map((seat) => ({
      type: 'member.changed',
      subjectId: seat.id,
      conversationId: seat.conversation_id,
    })),
  )
  await recordContactChanged(tx, id)
}

/** A contact's name and number are shown in every conversation with them. */
export async function recordContactChanged(tx: Db, id: string): Promise<void> {
  const theirs = await tx
    .select({ id: conversations.id })
    .from(conversations)
    .where(eq(conversations.contactId, id))
  await recordChanges(tx, [
    { type: 'contact.changed', subjectId: id },
    ...theirs.map((conversation) => ({
      type: 'conversation.changed' as const,
      subjectId: conversation.id,
      conversationId: conversation.id,
    })),
  ])
}

/** Gives a contact one more address. Refused when it is somebody else's. */
export async function linkAddress(
  tx: Db,
  given: {
    contactId: string
    address: string
    channel: (typeof addresses.$inferSelect)['channel']
  },
): Promise<void> {
  await tx.insert(addresses).values(given).onConflictDoNothing()
  const [row] = await tx.select().from(addresses).where(eq(addresses.address, given.address))
  if (row?.contactId !== given.contactId) {
    throw new AppError('already_exists', 'This number belongs to another contact.')
  }
}

export async function listAddresses(db: Db, contactId: string) {
  return db
    .select()
    .from(addresses)
    .where(eq(addresses.contactId, contactId))
    .orderBy(asc(addresses.createdAt), asc(addresses.address))
}

/** Every direct conversation with a contact, whoever may see it. */
export async function listThreads(db: Db, contactId: string): Promise<string[]> {
  const rows = await db
    .select({ id: conversations.id })
    .from(conversations)
    .where(eq(conversations.contactId, contactId))
  return rows.map(({ id }) => id)
}
