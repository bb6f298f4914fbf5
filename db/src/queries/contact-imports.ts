import { sql } from 'drizzle-orm'
import type { Db } from '../client.ts'
import { lockImportedAddresses, renamedStill, undoContacts, untouched } from './imported.ts'

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
      where user_id = ${userId} and group_id is null and undone_at is null
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
    where id = ${given.id} and user_id = ${given.userId} and group_id is null and undone_at is null
    returning id
  `)
  if (!undone) return undefined
  await lockImportedAddresses(tx, given.id)
  return undoContacts(tx, given)
}
