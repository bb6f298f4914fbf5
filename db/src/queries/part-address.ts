import { eq, sql } from 'drizzle-orm'
import { AppError } from '@partyline/contracts/errors'
import type { Db } from '../client.ts'
import { addresses, contacts } from '../schema/contacts.ts'
import { recordContactChanged } from './contacts.ts'
import { lockContacts, moveAddresses } from './move-addresses.ts'
import { findWhole } from './whole-contact.ts'

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
