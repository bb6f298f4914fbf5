import { channelOf } from '@partyline/contracts/channels'
import { AppError } from '@partyline/contracts/errors'
import { findContactByAddress, recordContactChanged } from '@partyline/db/queries/contacts'
import { findOrCreateContact } from '@partyline/db/queries/find-or-create'
import { defaultLine, findLine } from '@partyline/db/queries/lines'
import { openDirect } from '@partyline/db/queries/open-direct'
import type { RouteDeps } from './deps.ts'
import { forChannel, readRecipient, refuseOwnLine } from './phones.ts'
import { notFound } from './present.ts'

interface NewContact {
  name: string
  phone: string
  lineId?: string | undefined
  private?: boolean | undefined
}

/**
 * A contact with their conversation. Somebody who texted before anybody knew them is named; a contact
 * that has a name is not renamed this way. Without any line there is no conversation yet.
 */
export async function createContact(
  { db, config }: RouteDeps,
  userId: string,
  given: NewContact,
): Promise<string> {
  const typed = readRecipient(given.phone, config)
  const line = given.lineId
    ? await findLine(db, given.lineId)
    : await defaultLine(db, channelOf(typed))
  if (given.lineId && !line) throw notFound('line')
  const address = line ? forChannel(typed, line.channel) : typed
  await refuseOwnLine(db, address)
  await refuseKnown(db, address, userId)

  return db.transaction(async (tx) => {
    if (line) {
      const { contactId } = await openDirect(tx, {
        line,
        address,
        name: given.name,
        private: given.private ?? false,
        userId,
        begun: false,
      })
      return contactId
    }
    const { contactId } = await findOrCreateContact(tx, {
      address,
      name: given.name,
      ownerId: userId,
    })
    await recordContactChanged(tx, contactId)
    return contactId
  })
}

async function refuseKnown(db: RouteDeps['db'], address: string, userId: string): Promise<void> {
  const known = await findContactByAddress(db, address, userId)
  if (!known || (known.visible && known.name === null)) return
  throw new AppError(
    'already_exists',
    known.visible
      ? `This is the number of ${known.name}. Change that contact instead.`
      : 'Another user has a contact with this number.',
  )
}
