import { and, eq, sql } from 'drizzle-orm'
import type { Db } from '../client.ts'
import { type ConversationRow, conversations, members } from '../schema/conversations.ts'
import { renameContact } from './contacts.ts'
import { recordChanges } from './events.ts'
import { visibleTo } from './visibility.ts'

/** Undefined when there is none that this viewer may see, which for them is the same. */
export async function findConversation(
  db: Db,
  id: string,
  viewerId: string,
): Promise<ConversationRow | undefined> {
  const [row] = await db
    .select()
    .from(conversations)
    .where(and(eq(conversations.id, id), visibleTo(viewerId)))
  return row
}

/** A direct conversation is called what its contact is. The place in the list stays: nothing was said. */
export async function renameConversation(
  tx: Db,
  { id, contactId, kind }: ConversationRow,
  name: string,
): Promise<void> {
  if (contactId !== null) return renameContact(tx, contactId, name)
  await tx.update(conversations).set({ name }).where(eq(conversations.id, id))
  await recordChanges(tx, [
    { type: 'conversation.changed', subjectId: id, conversationId: id },
    ...(kind === 'group'
      ? [{ type: 'group.changed' as const, subjectId: id, conversationId: id }]
      : []),
  ])
}

export async function anyConversationExists(db: Db): Promise<boolean> {
  const rows = await db.select({ id: conversations.id }).from(conversations).limit(1)
  return rows.length > 0
}

/** Between users: nobody is texted. Its maker is always a member. */
export async function createWebConversation(
  db: Db,
  given: { name: string; maker: { id: string }; userIds: string[] },
): Promise<string> {
  return db.transaction(async (tx) => {
    const [conversation] = await tx
      .insert(conversations)
      .values({ kind: 'web', name: given.name, ownerId: given.maker.id })
      .returning({ id: conversations.id })
    if (!conversation) throw new Error('insert returned no row')
    const { id } = conversation
    const userIds = [...new Set([given.maker.id, ...given.userIds])]
    const seats = await tx
      .insert(members)
      .select(
        sql`select uuidv7(), ${id}::uuid, 'user'::member_kind, null::uuid, users.id, users.name,
          null::text, now(), null::timestamptz
          from users where users.id = any(${sql.param(userIds)}::uuid[])`,
      )
      .returning({ id: members.id })
    await recordChanges(tx, [
      { type: 'conversation.changed', subjectId: id, conversationId: id },
      ...seats.map((seat) => ({
        type: 'member.changed' as const,
        subjectId: seat.id,
        conversationId: id,
      })),
    ])
    return id
  })
}
