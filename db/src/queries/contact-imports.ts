import { type SQL, sql } from 'drizzle-orm'
import { AppError } from '@partyline/contracts/errors'
import type { Db } from '../client.ts'
import { recordChanges } from './events.ts'

/** Begins a list, or goes on with it: a long one comes in parts. */
export async function beginImport(tx: Db, given: { id: string; userId: string }): Promise<void> {
  const [mine] = await tx.execute(sql`
    insert into contact_imports (id, user_id) values (${given.id}, ${given.userId})
    on conflict (id) do update set user_id = contact_imports.user_id
      where contact_imports.user_id = excluded.user_id and contact_imports.undone_at is null
    returning id
  `)
  if (mine) return
  throw new AppError(
    'invalid_request',
    'This importId was used before. Make a new one for each list.',
  )
}

/** A contact as its list made it: one number, no conversation, in no group. Renamed ones have left their list. */
const untouched = (importId: SQL) => sql`contacts.import_id = ${importId}
  and not exists (select from conversations where contact_id = contacts.id)
  and not exists (select from members where contact_id = contacts.id)
  and (select count(*) from addresses where contact_id = contacts.id) = 1`

const shown = 5

export async function listImports(
  db: Db,
  userId: string,
): Promise<{ id: string; createdAt: Date; untouched: number }[]> {
  const rows = await db.execute<{ id: string; created_at: string; untouched: number }>(sql`
    select latest.id, latest.created_at, counted.untouched from (
      select id, created_at from contact_imports
      where user_id = ${userId} and undone_at is null
      order by created_at desc limit ${shown}
    ) as latest cross join lateral (
      select count(*)::int as untouched from contacts where ${untouched(sql`latest.id`)}
    ) as counted
    where counted.untouched > 0 order by latest.created_at desc
  `)
  return rows.map(({ id, created_at: createdAt, untouched }) => ({
    ...{ id, untouched, createdAt: new Date(createdAt) },
  }))
}

/** Undefined when there is no such list of this user's, or it was undone before. */
export async function undoImport(
  tx: Db,
  given: { id: string; userId: string },
): Promise<number | undefined> {
  const [undone] = await tx.execute(sql`
    update contact_imports set undone_at = now()
    where id = ${given.id} and user_id = ${given.userId} and undone_at is null returning id
  `)
  if (!undone) return undefined
  // As a text coming in locks them, and in one order: whoever has texted by now is seen below, and so is
  // what somebody has just begun with one of them.
  await tx.execute(sql`
    select from addresses join contacts on contacts.id = contact_id
    where import_id = ${given.id} order by address for update of addresses
  `)
  await tx.execute(sql`
    select from contacts where import_id = ${given.id} order by id for update
  `)
  const gone = await tx.execute<{ id: string }>(sql`
    delete from contacts where ${untouched(sql`${given.id}::uuid`)} returning id
  `)
  await recordChanges(
    tx,
    gone.map(({ id }) => ({ type: 'contact.deleted', subjectId: id })),
  )
  return gone.length
}
