import { and, eq, sql } from 'drizzle-orm'
import { AppError } from '@partyline/contracts/errors'
import type { Db } from '../client.ts'
import { contacts } from '../schema/contacts.ts'
import { conversations } from '../schema/conversations.ts'
import { contactVisibleTo, visibleTo } from './visibility.ts'

/** A contact all of which the user may see: what is somebody else's must not change hands unseen. */
export async function findWhole(tx: Db, id: string, userId: string) {
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
