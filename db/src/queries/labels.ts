import { asc, eq, sql } from 'drizzle-orm'
import { type Label, maxLabels, maxLabelUses } from '@partyline/contracts/api/labels'
import { AppError } from '@partyline/contracts/errors'
import type { Db } from '../client.ts'
import { conversations } from '../schema/conversations.ts'
import { conversationLabels, type LabelRow, labels } from '../schema/labels.ts'
import { recordChanges } from './events.ts'
import { visibleTo } from './visibility.ts'

/** By name, whatever the case. */
export function listLabels(db: Db): Promise<LabelRow[]> {
  return db
    .select()
    .from(labels)
    .orderBy(asc(sql`lower(${labels.name})`))
    .limit(maxLabels)
}

/** Each is counted through an index and no further than shown, so that asking is always cheap. */
export function countLabelUses(
  db: Db,
  viewerId: string,
): Promise<{ labelId: string; conversations: number }[]> {
  return db.execute<{ labelId: string; conversations: number }>(sql`
    select ${labels.id} as "labelId", counted.uses as conversations from ${labels}
    cross join lateral (
      select count(*)::int as uses from (
        select from ${conversationLabels}
        join ${conversations} on ${conversations.id} = ${conversationLabels.conversationId}
        where ${conversationLabels.labelId} = ${labels.id} and ${visibleTo(viewerId)}
        limit ${maxLabelUses}
      ) as seen
    ) as counted
  `)
}

export async function createLabel(db: Db, given: Omit<Label, 'id'>): Promise<LabelRow> {
  return db.transaction(async (tx) => {
    await refuseMany(tx)
    const [made] = await tx.insert(labels).values(given).onConflictDoNothing().returning()
    if (!made) throw taken(given.name)
    await recordChanges(tx, [{ type: 'label.changed', subjectId: made.id }])
    return made
  })
}

/** Undefined when there is none. */
export async function changeLabel(
  db: Db,
  id: string,
  change: Partial<Omit<Label, 'id'>>,
): Promise<LabelRow | undefined> {
  return db.transaction(async (tx) => {
    await lockNames(tx)
    if (change.name !== undefined) await refuseTaken(tx, id, change.name)
    const [row] = await tx
      .update(labels)
      .set({ name: sql`${labels.name}`, ...change })
      .where(eq(labels.id, id))
      .returning()
    if (row) await recordChanges(tx, [{ type: 'label.changed', subjectId: id }])
    return row
  })
}

/** Takes it off all conversations, and returns its name. They are not told of one by one: whoever shows a label forgets it. */
export async function deleteLabel(db: Db, id: string): Promise<string | undefined> {
  return db.transaction(async (tx) => {
    // Before the labels of conversations, as whoever puts one on locks it.
    const [found] = await tx.select().from(labels).where(eq(labels.id, id)).for('update')
    if (!found) return undefined
    await tx.delete(conversationLabels).where(eq(conversationLabels.labelId, id))
    await tx.delete(labels).where(eq(labels.id, id))
    await recordChanges(tx, [{ type: 'label.deleted', subjectId: id }])
    return found.name
  })
}

/** One at a time: what the others have called theirs is known then. */
const lockNames = (tx: Db) => tx.execute(sql`select pg_advisory_xact_lock(hashtext('labels'))`)

async function refuseMany(tx: Db): Promise<void> {
  await lockNames(tx)
  if ((await tx.$count(labels)) < maxLabels) return
  throw new AppError(
    'invalid_request',
    `There are ${maxLabels} labels already. Delete one that nobody uses.`,
  )
}

async function refuseTaken(tx: Db, id: string, name: string): Promise<void> {
  const others = await tx.$count(
    labels,
    sql`lower(${labels.name}) = lower(${name}) and ${labels.id} <> ${id}`,
  )
  if (others > 0) throw taken(name)
}

const taken = (name: string) =>
  new AppError('already_exists', `There is a label “${name}” already. Choose another name.`)
