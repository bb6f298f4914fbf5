import { and, eq, inArray, type SQL, sql } from 'drizzle-orm'
import { groupAutoReply } from '@partyline/contracts/group-auto-reply'
import type { Db } from '../client.ts'
import { contacts } from '../schema/contacts.ts'
import { conversations } from '../schema/conversations.ts'
import { lines } from '../schema/lines.ts'
import { media, messages } from '../schema/messages.ts'
import { recordChanges } from './events.ts'

/**
 * Deletes conversations with all that was said in them. What Twilio sent us keeps its SID and loses its
 * content, so a repeated webhook stays harmless. Returns the files that nothing refers to any more.
 */
export async function deleteConversations(tx: Db, ids: string[]): Promise<string[]> {
  if (ids.length === 0) return []
  const theirs = sql`= any(${sql.param(ids)}::uuid[])`
  await lockConversations(tx, theirs)
  await tellOfDeletion(tx, theirs)
  await tx.execute(sql`
    update inbox set params = '{}' where message_sid in (
      select twilio_sid from messages where conversation_id ${theirs} and twilio_sid is not null)
  `)
  await tx.execute(sql`
    update status_events set params = '{}' where message_sid in (${sidsOf(theirs)})
  `)
  await freeGroupLines(tx, ids)
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

const sidsOf = (theirs: SQL) => sql`
  select deliveries.twilio_sid from deliveries join messages on messages.id = message_id
  where messages.conversation_id ${theirs} and deliveries.twilio_sid is not null`

/**
 * In the order of whoever sends and of what became of it: what is scheduled before its conversation, statuses
 * before their deliveries, deliveries before their messages. Else the two could wait for each other, and what
 * Twilio has answered would not be recorded.
 */
async function lockConversations(tx: Db, theirs: SQL): Promise<void> {
  await tx.execute(sql`
    select from scheduled_messages where conversation_id ${theirs} order by id for update
  `)
  await tx.execute(sql`
    select from status_events where message_sid in (${sidsOf(theirs)})
    order by message_sid, status for update
  `)
  await tx.execute(sql`
    select from deliveries
    where message_id in (select id from messages where conversation_id ${theirs})
    order by id for update
  `)
  await tx.execute(sql`select from conversations where id ${theirs} order by id for update`)
}

/**
 * To be told before the delete: afterwards nobody could tell who is to hear of it. Of a conversation
 * between users each member hears, of a private one its owner.
 */
async function tellOfDeletion(tx: Db, theirs: SQL): Promise<void> {
  await tx.execute(sql`
    insert into events (type, subject_id, conversation_id, owner_id)
    select 'conversation.deleted', conversations.id, conversations.id, coalesce(seat.user_id,
      case conversations.visibility when 'private' then conversations.owner_id end)
    from conversations left join members as seat on conversations.kind = 'web' and seat.left_at is null
      and seat.conversation_id = conversations.id and seat.user_id is not null
    where conversations.id ${theirs} and (conversations.kind <> 'web' or seat.user_id is not null)
  `)
}

/** A line whose group is gone is an inbox again, and no longer answers as a group does. */
async function freeGroupLines(tx: Db, ids: string[]): Promise<void> {
  const freed = await tx
    .update(lines)
    .set({ mode: 'inbox', autoReply: sql`nullif(${lines.autoReply}, ${groupAutoReply})` })
    .from(conversations)
    .where(
      and(
        eq(conversations.lineId, lines.id),
        eq(conversations.kind, 'group'),
        inArray(conversations.id, ids),
      ),
    )
    .returning({ id: lines.id })
  await recordChanges(
    tx,
    freed.map(({ id }) => ({ type: 'line.changed', subjectId: id })),
  )
}

/** Deletes a contact with all their direct conversations and their places in groups. */
export async function deleteContact(tx: Db, id: string): Promise<string[]> {
  // Addresses before conversations, as a text coming in locks them.
  await tx.execute(sql`select from addresses where contact_id = ${id} order by address for update`)
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
