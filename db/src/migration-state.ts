import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { sql } from 'drizzle-orm'
import type { Db } from './client.ts'

export const migrationsFolder = fileURLToPath(new URL('../migrations', import.meta.url))

/** How far a database is, and how far this version would bring it. */
export interface MigrationState {
  applied: number
  known: number
}

export async function readMigrationState(db: Db): Promise<MigrationState> {
  const known = readdirSync(migrationsFolder).filter((file) => file.endsWith('.sql')).length
  const [table] = await db.execute(sql`select to_regclass('drizzle.__drizzle_migrations') as name`)
  if (table?.['name'] == null) return { applied: 0, known }
  const [row] = await db.execute<{ count: number }>(
    sql`select count(*)::int as count from drizzle.__drizzle_migrations`,
  )
  return { applied: row?.count ?? 0, known }
}
