import { and, desc, eq, inArray, isNull, sql } from 'drizzle-orm'
import { AppError } from '@partyline/contracts/errors'
import type { Db } from '../client.ts'
import { addresses, contacts } from '../schema/contacts.ts'
import { conversations } from '../schema/conversations.ts'
import { contactMerges } from '../schema/merges.ts'
import { users } from '../schema/users.ts'
import { recordContactChanged } from './contacts.ts'
import { recordChanges } from './events.ts'
import { everyAddress, lockContacts, moveAddresses } from './move-addresses.ts'
import { contactVisibleTo } from './visibility.ts'
import { findWhole } from './whole-contact.ts'

/** What it takes to part them again. */
interface Merged {
  contact: { id: string; name: string | null; ownerId: string | null; createdAt: string }
  addresses: string[]
  /** What the other had before they were one. */
  keptName: string | null
  keptOwnerId: string | null
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
    keptOwnerId: kept.ownerId,
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
  await refuseAllGone(tx, keptId, theirs)
  await tx.execute(sql`
    insert into contacts (id, name, owner_id, created_at)
    values (${contact.id}, ${contact.name},
      (select id from users where id = ${contact.ownerId}::uuid), ${contact.createdAt}::timestamptz)
  `)
  await moveAddresses(tx, { from: keptId, to: contact.id, addresses: theirs })
  await giveBack(tx, keptId, merge.contact_merges.merged as Merged)
  await tx.execute(sql`
    update contact_merges set kept_id = ${contact.id}
    where kept_id = ${keptId} and undone_at is null and id = any(${sql.param(rest.mergeIds)}::uuid[])
  `)
  await recordContactChanged(tx, keptId)
  await recordContactChanged(tx, contact.id)
  return { keptId, partedId: contact.id }
}

/** Takes from a contact what it had from the other alone. A name or owner given since then is theirs to keep. */
async function giveBack(
  tx: Db,
  keptId: string,
  { contact, keptName, keptOwnerId }: Merged,
): Promise<void> {
  await tx.execute(sql`
    update contacts set
      name = case when ${keptName}::text is null then nullif(name, ${contact.name}) else name end,
      owner_id = case when ${keptOwnerId}::uuid is null
        then nullif(owner_id, ${contact.ownerId}::uuid) else owner_id end
    where id = ${keptId}
  `)
}

/** A contact without any address could never be reached, nor found again. */
async function refuseAllGone(tx: Db, keptId: string, theirs: string[]): Promise<void> {
  const left = await tx.$count(
    addresses,
    and(eq(addresses.contactId, keptId), inArray(addresses.address, theirs)),
  )
  if (left > 0) return
  throw new AppError(
    'invalid_request',
    'None of the numbers that came with this merge is here any more, so there is nothing to part.',
  )
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

/** One of a contact all of whose conversations are private: nobody but their owner is told of the contact. */
async function privateThread(tx: Db, contactId: string): Promise<string | undefined> {
  const threads = await tx
    .select({ id: conversations.id, visibility: conversations.visibility })
    .from(conversations)
    .where(eq(conversations.contactId, contactId))
  return threads.every(({ visibility }) => visibility === 'private') ? threads[0]?.id : undefined
}
