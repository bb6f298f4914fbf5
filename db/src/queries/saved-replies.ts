import { asc, eq, sql } from 'drizzle-orm'
import type { SavedReply } from '@partyline/contracts/api/saved-replies'
import { AppError } from '@partyline/contracts/errors'
import type { Db } from '../client.ts'
import { savedReplies } from '../schema/saved-replies.ts'

/** More than anybody would look through. */
const most = 500

export async function listSavedReplies(db: Db): Promise<SavedReply[]> {
  const rows = await db
    .select()
    .from(savedReplies)
    .orderBy(asc(sql`lower(${savedReplies.name})`))
    .limit(most)
  return rows.map(toSavedReply)
}

export async function insertSavedReply(
  db: Db,
  given: { name: string; body: string; createdBy: string },
): Promise<SavedReply> {
  return db.transaction(async (tx) => {
    await lockNames(tx)
    if ((await tx.$count(savedReplies)) >= most) {
      const message = `There are ${most} saved replies already. Delete one that nobody uses.`
      throw new AppError('invalid_request', message)
    }
    const [row] = await tx.insert(savedReplies).values(given).onConflictDoNothing().returning()
    if (!row) throw nameTaken(given.name)
    return toSavedReply(row)
  })
}

/** Undefined when there is none with this id. */
export async function changeSavedReply(
  db: Db,
  id: string,
  change: { name?: string | undefined; body?: string | undefined },
): Promise<SavedReply | undefined> {
  const { name, body } = change
  return db.transaction(async (tx) => {
    if (name !== undefined) {
      await lockNames(tx)
      await refuseTaken(tx, id, name)
    }
    const [row] = await tx
      .update(savedReplies)
      .set({
        ...(name !== undefined && { name }),
        ...(body !== undefined && { body }),
        updatedAt: sql`now()`,
      })
      .where(eq(savedReplies.id, id))
      .returning()
    return row && toSavedReply(row)
  })
}

/** The name of the reply; undefined when there is none with this id. */
export async function deleteSavedReply(db: Db, id: string): Promise<string | undefined> {
  const [deleted] = await db
    .delete(savedReplies)
    .where(eq(savedReplies.id, id))
    .returning({ name: savedReplies.name })
  return deleted?.name
}

/** One at a time: what the others have called theirs is known then. */
const lockNames = (tx: Db) =>
  tx.execute(sql`select pg_advisory_xact_lock(hashtext('saved_replies'))`)

async function refuseTaken(tx: Db, id: string, name: string): Promise<void> {
  const taken = await tx.$count(
    savedReplies,
    sql`lower(${savedReplies.name}) = lower(${name}) and ${savedReplies.id} <> ${id}`,
  )
  if (taken > 0) throw nameTaken(name)
}

function nameTaken(name: string): AppError {
  return new AppError(
    'already_exists',
    `There is a saved reply “${name}” already. Choose another name.`,
  )
}

function toSavedReply(row: typeof savedReplies.$inferSelect): SavedReply {
  return { id: row.id, name: row.name, body: row.body, updatedAt: row.updatedAt.toISOString() }
}
