import { type SQL, sql } from 'drizzle-orm'
import { AppError } from '@partyline/contracts/errors'
import type { Db } from '../client.ts'
import { recordChanges } from './events.ts'
import { renameContacts, type Renamed } from './rename-contacts.ts'
import { contactVisibleTo } from './visibility.ts'

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

/** Those that a list renamed, this user may see, and nobody has renamed since. */
const renamedStill = (importId: SQL, userId: string) => sql`contact_import_renames
  join contacts on contacts.id = contact_import_renames.contact_id
  where contact_import_renames.import_id = ${importId} and contacts.name = name_given
    and ${contactVisibleTo(userId)}`

/** Keeps what a list renamed. Another part of it may rename one again: then the first name is the one to give back. */
export async function keepRenames(
  tx: Db,
  importId: string,
  renamed: readonly Renamed[],
): Promise<void> {
  if (renamed.length === 0) return
  await tx.execute(sql`
    insert into contact_import_renames as kept (import_id, contact_id, name_before, name_given)
    select ${importId}::uuid, * from unnest(${sql.param(renamed.map(({ id }) => id))}::uuid[],
      ${sql.param(renamed.map(({ before }) => before))}::text[],
      ${sql.param(renamed.map(({ name }) => name))}::text[])
    on conflict (import_id, contact_id) do update set
      name_before = case when kept.name_given = excluded.name_before then kept.name_before
        else excluded.name_before end,
      name_given = excluded.name_given
  `)
}

const shown = 5

export async function listImports(
  db: Db,
  userId: string,
): Promise<{ id: string; createdAt: Date; untouched: number; renamed: number }[]> {
  const rows = await db.execute<{
    id: string
    created_at: string
    untouched: number
    renamed: number
  }>(sql`
    select latest.id, latest.created_at, made.untouched, given.renamed from (
      select id, created_at from contact_imports
      where user_id = ${userId} and undone_at is null
      order by created_at desc limit ${shown}
    ) as latest cross join lateral (
      select count(*)::int as untouched from contacts where ${untouched(sql`latest.id`)}
    ) as made cross join lateral (
      select count(*)::int as renamed from ${renamedStill(sql`latest.id`, userId)}
    ) as given
    where made.untouched > 0 or given.renamed > 0 order by latest.created_at desc
  `)
  return rows.map(({ id, created_at: createdAt, untouched, renamed }) => ({
    ...{ id, untouched, renamed, createdAt: new Date(createdAt) },
  }))
}

/** Undefined when there is no such list of this user's, or it was undone before. */
export async function undoImport(
  tx: Db,
  given: { id: string; userId: string },
): Promise<{ removed: number; renamedBack: number } | undefined> {
  const [undone] = await tx.execute(sql`
    update contact_imports set undone_at = now()
    where id = ${given.id} and user_id = ${given.userId} and undone_at is null returning id
  `)
  if (!undone) return undefined
  const ofIt = sql`(import_id = ${given.id} or contacts.id in (
    select contact_id from contact_import_renames where import_id = ${given.id}))`
  // As a text coming in locks them, and in one order: whoever has texted by now is seen below, and so is
  // what somebody has just begun with one of them.
  await tx.execute(sql`
    select from addresses join contacts on contacts.id = contact_id
    where ${ofIt} order by address for update of addresses
  `)
  await tx.execute(sql`select from contacts where ${ofIt} order by id for update`)
  const gone = await tx.execute<{ id: string }>(sql`
    delete from contacts where ${untouched(sql`${given.id}::uuid`)} returning id
  `)
  await recordChanges(
    tx,
    gone.map(({ id }) => ({ type: 'contact.deleted', subjectId: id })),
  )
  const back = await tx.execute<{ id: string; name: string | null }>(sql`
    select contacts.id, name_before as name
    from ${renamedStill(sql`${given.id}::uuid`, given.userId)}
  `)
  return { removed: gone.length, renamedBack: (await renameContacts(tx, back)).length }
}
