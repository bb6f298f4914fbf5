import { eq, inArray, sql } from 'drizzle-orm'
import type { Db } from '../client.ts'
import { contacts } from '../schema/contacts.ts'
import { conversations } from '../schema/conversations.ts'
import { media, messages } from '../schema/messages.ts'
import { recordChanges } from './events.ts'

/**
 * Deletes conversations with all that was said in them. What Twilio sent us keeps its SID and loses its
 * content, so a repeated webhook stays harmless. Returns the files that nothing refers to any more.
 */
export async function deleteConversations(tx: Db, ids: string[]): Promise<string[]> {
  if (ids.length === 0) return []
  // Before the delete: afterwards nobody could tell who is to hear of it.
  await recordChanges(
    tx,
    ids.map((id) => ({ type: 'conversation.deleted', subjectId: id, conversationId: id })),
  )
  const theirs = sql`= any(${sql.param(ids)}::uuid[])`
  await tx.execute(sql`
    update inbox set params = '{}' where message_sid in (
      select twilio_sid from messages where conversation_id ${theirs} and twilio_sid is not null)
  `)
  await tx.execute(sql`
    update status_events set params = '{}' where message_sid in (
      select twilio_sid from deliveries where conversation_id ${theirs} and twilio_sid is not null)
  `)
  const files = await tx
    .selectDistinct({ key: media.blobKey })
    .from(media)
    .innerJoin(messages, eq(messages.id, media.messageId))
    .where(inArray(messages.conversationId, ids))
  await tx.delete(conversations).where(inArray(conversations.id, ids))
  return unreferenced(
    tx,
    files.flatMap(({ key }) => key ?? []),
  )
}

/** Deletes a contact with all their direct conversations and their places in groups. */
export async function deleteContact(tx: Db, id: string): Promise<string[]> {
  const theirs = await tx
    .select({ id: conversations.id, visibility: conversations.visibility })
    .from(conversations)
    .where(eq(conversations.contactId, id))
  const allPrivate = theirs.every(({ visibility }) => visibility === 'private')
  const scope = allPrivate ? theirs[0]?.id : undefined
  await recordChanges(tx, [
    { type: 'contact.deleted', subjectId: id, ...(scope && { conversationId: scope }) },
  ])
  const files = await deleteConversations(
    tx,
    theirs.map((conversation) => conversation.id),
  )
  await tx.delete(contacts).where(eq(contacts.id, id))
  return files
}

/** The same picture sent twice is one file. */
async function unreferenced(tx: Db, keys: string[]): Promise<string[]> {
  if (keys.length === 0) return []
  const kept = await tx
    .selectDistinct({ key: media.blobKey })
    .from(media)
    .where(inArray(media.blobKey, keys))
  return keys.filter((key) => !kept.some((row) => row.key === key))
}
