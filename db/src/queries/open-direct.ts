import { and, eq, isNull } from 'drizzle-orm'
import { AppError } from '@partyline/contracts/errors'
import type { Db } from '../client.ts'
import { contacts } from '../schema/contacts.ts'
import { conversations } from '../schema/conversations.ts'
import { linkAddress, recordContactChanged } from './contacts.ts'
import { findOrCreateContact, findOrCreateDirect } from './find-or-create.ts'
import { findConversation } from './conversations.ts'
import type { LineRow } from '../schema/lines.ts'

export interface Opening {
  line: LineRow
  address: string
  /** Whose address it is to be; undefined: whoever has it, or somebody new. */
  contactId?: string | undefined
  /** For somebody new, or without a name so far. */
  name?: string | undefined
  private: boolean
  userId: string
  /** False: it is made with its contact, and stays out of the way until somebody says something there. */
  begun?: boolean
}

/**
 * The conversation of a line with an address, open, made if there is none. A private one stays its
 * owner's: for anybody else the number is taken on this line.
 */
export async function openDirect(
  tx: Db,
  opening: Opening,
): Promise<{ conversationId: string; contactId: string }> {
  const { line, address, userId } = opening
  const contactId = opening.contactId ?? (await contactFor(tx, opening))
  if (opening.contactId !== undefined) {
    await linkAddress(tx, { contactId, address, channel: line.channel })
  }
  const { conversationId, created } = await findOrCreateDirect(tx, {
    lineId: line.id,
    address,
    contactId,
    visibility: opening.private ? 'private' : 'shared',
    ownerId: opening.private ? userId : undefined,
    begun: opening.begun ?? true,
  })
  if (!created) {
    if (!(await findConversation(tx, conversationId, userId))) {
      throw new AppError(
        'already_exists',
        `Somebody else has a private conversation with this number on ${line.name}. Use another line.`,
      )
    }
    await tx
      .update(conversations)
      .set({ status: 'open', snoozedUntil: null })
      .where(eq(conversations.id, conversationId))
  }
  await recordContactChanged(tx, contactId)
  return { conversationId, contactId }
}

async function contactFor(tx: Db, { address, name, userId }: Opening): Promise<string> {
  const found = await findOrCreateContact(tx, { address, name, ownerId: userId })
  if (!found.created && name !== undefined) {
    await tx
      .update(contacts)
      .set({ name, importId: null })
      .where(and(eq(contacts.id, found.contactId), isNull(contacts.name)))
  }
  return found.contactId
}
