import type { Db } from '@partyline/db/client'
import { audit } from '@partyline/db/schema/audit'
import { asc } from 'drizzle-orm'

export const auditRows = (db: Db) => db.select().from(audit).orderBy(asc(audit.id))

/** What is written down while something is done. */
export async function writtenBy(db: Db, act: () => Promise<unknown>) {
  const before = await db.$count(audit)
  await act()
  return (await auditRows(db)).slice(before)
}
