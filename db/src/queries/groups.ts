import { asc, eq, sql } from 'drizzle-orm'
import { AppError } from '@partyline/contracts/errors'
import { groupAutoReply } from '@partyline/contracts/group-auto-reply'
import type { Db } from '../client.ts'
import { conversations, groups } from '../schema/conversations.ts'
import { lines } from '../schema/lines.ts'
import { decodeCursor, pageOf } from './cursor.ts'
import { recordChanges } from './events.ts'

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
  paused?: boolean | undefined
}

/** What a change of a group did besides. */
interface GroupChanged {
  /** What is different now, but for `paused`. */
  changed: string[]
  /** Undefined: it was so already, or was not asked for. */
  pause: 'paused' | 'resumed' | undefined
}

/** Undefined when there is no such group. Pausing twice is pausing once: the first time counts. */
export async function changeGroup(
  tx: Db,
  id: string,
  { name, paused, ...change }: GroupChange,
): Promise<GroupChanged | undefined> {
  const [found] = await tx
    .select({
      pausedAt: groups.pausedAt,
      adminName: groups.adminName,
      announce: groups.announce,
      name: conversations.name,
    })
    .from(groups)
    .innerJoin(conversations, eq(conversations.id, groups.conversationId))
    .where(eq(groups.conversationId, id))
    .for('update', { of: groups })
  if (!found) return undefined
  const moves = paused !== undefined && paused !== (found.pausedAt !== null)
  await tx
    .update(groups)
    .set({
      ...change,
      conversationId: id,
      ...(moves && { pausedAt: paused ? sql`now()` : null }),
    })
    .where(eq(groups.conversationId, id))
  if (name !== undefined) {
    await tx.update(conversations).set({ name }).where(eq(conversations.id, id))
  }
  await recordChanges(tx, [
    { type: 'conversation.changed', subjectId: id, conversationId: id },
    { type: 'group.changed', subjectId: id, conversationId: id },
  ])
  const wanted = { name, ...change }
  const changed = (['name', 'adminName', 'announce'] as const).filter(
    (field) => wanted[field] !== undefined && wanted[field] !== found[field],
  )
  return { changed, pause: moves ? (paused ? 'paused' : 'resumed') : undefined }
}
