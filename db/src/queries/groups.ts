import { and, asc, eq, isNull, sql } from 'drizzle-orm'
import { AppError } from '@partyline/contracts/errors'
import type { Db } from '../client.ts'
import { conversations, groups, members } from '../schema/conversations.ts'
import { lines } from '../schema/lines.ts'
import { decodeCursor, pageOf } from './cursor.ts'
import { recordChanges } from './events.ts'

/** What a group line answers to a member's text, unless told otherwise. */
export const groupAutoReply = 'Message received.'

export async function listGroups(db: Db, given: { cursor?: string | undefined; limit: number }) {
  const after = given.cursor && decodeCursor(given.cursor, ['text', 'id'])
  const place = sql<string>`lower(coalesce(${conversations.name}, ''))`
  const rows = await db
    .select({ id: groups.conversationId, place })
    .from(groups)
    .innerJoin(conversations, eq(conversations.id, groups.conversationId))
    .where(
      after ? sql`(${place}, ${conversations.id}) > (${after[0]}, ${after[1]}::uuid)` : undefined,
    )
    .orderBy(asc(place), asc(conversations.id))
    .limit(given.limit + 1)
  return pageOf(rows, given.limit, (row) => [row.place, row.id])
}

/** Makes a line a group: one group a line. The line answers its members from then on. */
export async function createGroup(
  db: Db,
  given: { name: string; lineId: string; adminName?: string | undefined },
): Promise<string> {
  return db.transaction(async (tx) => {
    const [line] = await tx
      .select()
      .from(lines)
      .where(eq(lines.id, given.lineId))
      .for('no key update')
    if (!line) throw new AppError('not_found', 'There is no such line.')
    const [conversation] = await tx
      .insert(conversations)
      .values({ kind: 'group', lineId: line.id, name: given.name })
      .onConflictDoNothing()
      .returning({ id: conversations.id })
    if (!conversation) {
      throw new AppError('already_exists', `${line.name} already has a group. Choose another line.`)
    }
    const { id } = conversation
    await tx
      .insert(groups)
      .values({ conversationId: id, ...(given.adminName && { adminName: given.adminName }) })
    if (line.mode === 'inbox') {
      await tx
        .update(lines)
        .set({ mode: 'group', autoReply: line.autoReply ?? groupAutoReply })
        .where(eq(lines.id, line.id))
    }
    await recordChanges(tx, [
      { type: 'line.changed', subjectId: line.id },
      { type: 'conversation.changed', subjectId: id, conversationId: id },
      { type: 'group.changed', subjectId: id, conversationId: id },
    ])
    return id
  })
}

interface GroupChange {
  name?: string | undefined
  adminName?: string | undefined
  announce?: boolean | undefined
}

/** False when there is no such group. */
export async function changeGroup(
  db: Db,
  id: string,
  { name, ...change }: GroupChange,
): Promise<boolean> {
  return db.transaction(async (tx) => {
    const [found] = await tx
      .update(groups)
      .set({ ...change, conversationId: id })
      .where(eq(groups.conversationId, id))
      .returning({ id: groups.conversationId })
    if (!found) return false
    if (name !== undefined) {
      await tx.update(conversations).set({ name }).where(eq(conversations.id, id))
    }
    await recordChanges(tx, [
      { type: 'conversation.changed', subjectId: id, conversationId: id },
      { type: 'group.changed', subjectId: id, conversationId: id },
    ])
    return true
  })
}

/** Undefined when there is no such group. */
export async function listMembers(
  db: Db,
  given: { groupId: string; cursor?: string | undefined; limit: number },
) {
  const after = given.cursor && decodeCursor(given.cursor, ['id'])
  if ((await db.$count(groups, eq(groups.conversationId, given.groupId))) === 0) return undefined
  const rows = await db
    .select({ id: members.id })
    .from(members)
    .where(
      and(
        eq(members.conversationId, given.groupId),
        isNull(members.leftAt),
        after ? sql`${members.id} > ${after[0]}::uuid` : undefined,
      ),
    )
    .orderBy(asc(members.id))
    .limit(given.limit + 1)
  return pageOf(rows, given.limit, ({ id }) => [id])
}
