import { and, asc, eq, isNull, sql } from 'drizzle-orm'
import { AppError } from '@partyline/contracts/errors'
import type { Db } from '../client.ts'
import { addresses, contacts } from '../schema/contacts.ts'
import { conversations } from '../schema/conversations.ts'
import { decodeCursor, pageOf } from './cursor.ts'
import { recordChanges } from './events.ts'
import { contactAddresses, contactVisibleTo, matches } from './visibility.ts'

export async function listContacts(
  db: Db,
  given: {
    viewerId: string
    q?: string | undefined
    cursor?: string | undefined
    limit: number
  },
) {
  const after = given.cursor && decodeCursor(given.cursor, ['text', 'id'])
  // Those without a name come last, by number.
  const place = sql`(case when ${contacts.name} is null
    then '1' || coalesce(${contactAddresses}, '') else '0' || lower(${contacts.name}) end)`
  const rows = await db.execute<{ id: string; place: string }>(sql`
    select ${contacts.id}, ${place} as place from ${contacts}
    where ${contactVisibleTo(given.viewerId)}
      ${given.q ? sql`and ${matches(given.q, sql`${contacts.name}`, contactAddresses)}` : sql``}
      ${after ? sql`and (${place}, ${contacts.id}) > (${after[0]}, ${after[1]}::uuid)` : sql``}
    order by ${place}, ${contacts.id} limit ${given.limit + 1}
  `)
  return pageOf(rows, given.limit, (row) => [row.place, row.id])
}

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
    .set({ name })
    .where(and(eq(contacts.id, id), isNull(contacts.name)))
    .returning({ id: contacts.id })
  if (named.length > 0) await recordContactChanged(tx, id)
}

export async function renameContact(tx: Db, id: string, name: string): Promise<void> {
  await tx.update(contacts).set({ name }).where(eq(contacts.id, id))
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
