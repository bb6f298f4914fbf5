import { and, desc, eq, isNull, sql } from 'drizzle-orm'
import { AppError } from '@partyline/contracts/errors'
import type { Db } from '../client.ts'
import { addresses, contacts } from '../schema/contacts.ts'
import { conversations } from '../schema/conversations.ts'
import { contactMerges } from '../schema/merges.ts'
import { users } from '../schema/users.ts'
import { recordContactChanged } from './contacts.ts'
import { recordChanges } from './events.ts'
import { everyAddress, lockContacts, moveAddresses } from './move-addresses.ts'
import { contactVisibleTo, visibleTo } from './visibility.ts'

/** What it takes to part them again. */
interface Merged {
  contact: { id: string; name: string | null; ownerId: string | null; createdAt: string }
  addresses: string[]
  /** The name of the other before they were one. */
  keptName: string | null
  /** Merges that the contact that went had taken in itself. */
  mergeIds: string[]
}

/** Makes two contacts one, which `keptId` stays. All of both must be the user's to see. */
export async function mergeContacts(
  tx: Db,
  given: { keptId: string; mergedId: string; userId: string },
): Promise<string> {
  const { keptId, mergedId, userId } = given
  if (keptId === mergedId) {
    throw new AppError('invalid_request', 'This is the same contact. Choose another one.')
  }
  await lockContacts(tx, [keptId, mergedId])
  const kept = await findWhole(tx, keptId, userId)
  const gone = await findWhole(tx, mergedId, userId)
  const theirs = await everyAddress(tx, mergedId)
  const scope = await privateThread(tx, mergedId)
  await moveAddresses(tx, { from: mergedId, to: keptId, addresses: theirs })
  await tx
    .update(contacts)
    .set({ name: kept.name ?? gone.name, ownerId: kept.ownerId ?? gone.ownerId })
    .where(eq(contacts.id, keptId))
  const mergeIds = await tx
    .update(contactMerges)
    .set({ keptId })
    .where(eq(contactMerges.keptId, mergedId))
    .returning({ id: contactMerges.id })
  const merged: Merged = {
    contact: { ...gone, createdAt: gone.createdAt.toISOString() },
    addresses: theirs,
    keptName: kept.name,
    mergeIds: mergeIds.map(({ id }) => id),
  }
  const [merge] = await tx
    .insert(contactMerges)
    .values({ keptId, merged, mergedBy: userId })
    .returning({ id: contactMerges.id })
  if (!merge) throw new Error('insert returned no row')
  await recordChanges(tx, [
    { type: 'contact.deleted', subjectId: mergedId, ...(scope && { conversationId: scope }) },
  ])
  await tx.delete(contacts).where(eq(contacts.id, mergedId))
  await recordContactChanged(tx, keptId)
  return merge.id
}

/** Parts two contacts again: what came with the one that went, and what came to its addresses since. */
export async function undoMerge(
  tx: Db,
  given: { mergeId: string; userId: string },
): Promise<{ keptId: string; partedId: string }> {
  const [merge] = await tx
    .select()
    .from(contactMerges)
    .innerJoin(contacts, eq(contacts.id, contactMerges.keptId))
    .where(and(eq(contactMerges.id, given.mergeId), contactVisibleTo(given.userId)))
  if (!merge) throw new AppError('not_found', 'There is no such merge.')
  const { keptId } = merge.contact_merges
  await lockContacts(tx, [keptId])
  const undone = await tx
    .update(contactMerges)
    .set({ undoneAt: sql`now()` })
    .where(and(eq(contactMerges.id, given.mergeId), isNull(contactMerges.undoneAt)))
    .returning({ id: contactMerges.id })
  if (undone.length === 0) {
    throw new AppError('already_exists', 'This merge is undone already.')
  }
  const { contact, addresses: theirs, ...rest } = merge.contact_merges.merged as Merged
  await tx.execute(sql`
    insert into contacts (id, name, owner_id, created_at)
    values (${contact.id}, ${contact.name},
      (select id from users where id = ${contact.ownerId}::uuid), ${contact.createdAt}::timestamptz)
  `)
  await moveAddresses(tx, { from: keptId, to: contact.id, addresses: theirs })
  // A name given since then is theirs to keep.
  if (rest.keptName === null) {
    await tx
      .update(contacts)
      .set({ name: null })
      .where(
        and(eq(contacts.id, keptId), sql`${contacts.name} is not distinct from ${contact.name}`),
      )
  }
  await tx.execute(sql`
    update contact_merges set kept_id = ${contact.id}
    where kept_id = ${keptId} and undone_at is null and id = any(${sql.param(rest.mergeIds)}::uuid[])
  `)
  await recordContactChanged(tx, keptId)
  await recordContactChanged(tx, contact.id)
  return { keptId, partedId: contact.id }
}

/** Whom a contact took in, newest first. */
export async function listMerges(db: Db, contactId: string) {
  const rows = await db
    .select({ row: contactMerges, by: users.name })
    .from(contactMerges)
    .leftJoin(users, eq(users.id, contactMerges.mergedBy))
    .where(eq(contactMerges.keptId, contactId))
    .orderBy(desc(contactMerges.createdAt))
    .limit(20)
  return rows.map(({ row: { id, merged, createdAt, undoneAt }, by }) => {
    const { contact, addresses: theirs } = merged as Merged
    return { id, by, createdAt, undoneAt, name: contact.name, addresses: theirs }
  })
}

/**
 * Takes an address from a contact. What was said and joined from it goes with it, to a contact of its
 * own; an address of which nothing is kept is just gone.
 */
export async function partAddress(
  tx: Db,
  given: { contactId: string; address: string; userId: string },
): Promise<{ partedId: string | undefined }> {
  const { contactId, address } = given
  await lockContacts(tx, [contactId])
  const whole = await findWhole(tx, contactId, given.userId)
  const theirs = await tx
    .select({ address: addresses.address })
    .from(addresses)
    .where(eq(addresses.contactId, contactId))
  if (!theirs.some((row) => row.address === address)) {
    throw new AppError('not_found', 'This contact has no such address.')
  }
  if (theirs.length === 1) {
    throw new AppError('invalid_request', 'A contact has at least one address. Delete it instead.')
  }
  const [used] = await tx.execute<{ used: boolean }>(sql`
    select exists (select from conversations where contact_id = ${contactId} and address = ${address})
      or exists (select from members where contact_id = ${contactId} and address = ${address}) as used
  `)
  if (used?.used !== true) {
    await tx.delete(addresses).where(eq(addresses.address, address))
    await recordContactChanged(tx, contactId)
    return { partedId: undefined }
  }
  const [parted] = await tx
    .insert(contacts)
    .values({ ownerId: whole.ownerId })
    .returning({ id: contacts.id })
  if (!parted) throw new Error('insert returned no row')
  await moveAddresses(tx, { from: contactId, to: parted.id, addresses: [address] })
  await recordContactChanged(tx, contactId)
  await recordContactChanged(tx, parted.id)
  return { partedId: parted.id }
}

/** One of a contact all of whose conversations are private: nobody but their owner is told of the contact. */
async function privateThread(tx: Db, contactId: string): Promise<string | undefined> {
  const threads = await tx
    .select({ id: conversations.id, visibility: conversations.visibility })
    .from(conversations)
    .where(eq(conversations.contactId, contactId))
  return threads.every(({ visibility }) => visibility === 'private') ? threads[0]?.id : undefined
}

/** A contact all of which the user may see: what is somebody else's must not change hands unseen. */
async function findWhole(tx: Db, id: string, userId: string) {
  const [contact] = await tx
    .select()
    .from(contacts)
    .where(and(eq(contacts.id, id), contactVisibleTo(userId)))
  if (!contact) throw new AppError('not_found', 'There is no such contact.')
  const hidden = await tx.$count(
    conversations,
    and(eq(conversations.contactId, id), sql`not ${visibleTo(userId)}`),
  )
  if (hidden > 0) {
    throw new AppError(
      'not_allowed',
      `Another user has a private conversation with ${contact.name ?? 'this contact'}. They must share or delete it first.`,
    )
  }
  return contact
}
