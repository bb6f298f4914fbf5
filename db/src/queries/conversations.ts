import { and, eq, sql } from 'drizzle-orm'
import type { Db } from '../client.ts'
import { contacts } from '../schema/contacts.ts'
import { type ConversationRow, conversations, members } from '../schema/conversations.ts'
import { renameContact } from './contacts.ts'
import { decodeCursor, pageOf } from './cursor.ts'
import { recordChanges } from './events.ts'
import { matches, visibleTo } from './visibility.ts'

export async function listConversations(
  db: Db,
  given: {
    viewerId: string
    status?: ConversationRow['status'] | undefined
    q?: string | undefined
    cursor?: string | undefined
    limit: number
  },
) {
  const before = given.cursor && decodeCursor(given.cursor, ['number', 'id'])
  const name = sql`coalesce(${conversations.name}, ${contacts.name})`
  // `nulls last` is how the index is ordered: without the words it would not be used.
  const rows = await db.execute<{ id: string; micros: string }>(sql`
    select ${conversations.id},
      (extract(epoch from ${conversations.lastMessageAt}) * 1000000)::bigint::text as micros
    from ${conversations}
      ${given.q ? sql`left join ${contacts} on ${contacts.id} = ${conversations.contactId}` : sql``}
    where ${visibleTo(given.viewerId)}
      ${given.status ? sql`and ${conversations.status} = ${given.status}` : sql``}
      ${given.q ? sql`and ${matches(given.q, name, sql`${conversations.address}`)}` : sql``}
      ${
        before
          ? sql`and (${conversations.lastMessageAt}, ${conversations.id})
              < (timestamptz 'epoch' + ${before[0]}::bigint * interval '1 microsecond', ${before[1]}::uuid)`
          : sql``
      }
    order by ${conversations.lastMessageAt} desc nulls last, ${conversations.id} desc nulls last
    limit ${given.limit + 1}
  `)
  return pageOf(rows, given.limit, (row) => [row.micros, row.id])
}

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

export interface ConversationChange {
  status?: ConversationRow['status'] | undefined
  name?: string | undefined
  assigneeId?: string | null | undefined
  read?: boolean | undefined
}

/** Unread is one text, where there is any. */
const readCount = (read: boolean) =>
  read
    ? sql`${conversations.inboundCount}`
    : sql`least(${conversations.readCount}, greatest(${conversations.inboundCount} - 1, 0))`

/** The place in the list stays: nothing was said. */
export async function changeConversation(
  db: Db,
  { id, contactId, kind }: ConversationRow,
  { read, name, ...change }: ConversationChange,
): Promise<void> {
  await db.transaction(async (tx) => {
    await tx
      .update(conversations)
      .set({
        status: change.status ?? sql`${conversations.status}`,
        ...(change.assigneeId !== undefined && { assigneeId: change.assigneeId }),
        ...(kind !== 'direct' && name !== undefined && { name }),
        ...(read !== undefined && { readCount: readCount(read) }),
      })
      .where(eq(conversations.id, id))
    await recordChanges(tx, [
      { type: 'conversation.changed', subjectId: id, conversationId: id },
      ...(kind === 'group' && name !== undefined
        ? [{ type: 'group.changed' as const, subjectId: id, conversationId: id }]
        : []),
    ])
    if (contactId !== null && name !== undefined) await renameContact(tx, contactId, name)
  })
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
