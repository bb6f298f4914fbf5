import { sql } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/postgres-js'
import { migrate as run } from 'drizzle-orm/postgres-js/migrator'
import postgres from 'postgres'
import { type MigrationState, migrationsFolder, readMigrationState } from './migration-state.ts'
import { grantRoles, type ServiceUrls } from './roles.ts'

/** The database was written by a later version of Partyline; this one would damage it. */
export class NewerDatabaseError extends Error {
  override readonly name = 'NewerDatabaseError'
}

/**
 * Brings the database to this version, and its users with it when they are named. Safe to run from several
 * places at once. Returns how far the database was.
 */
export async function migrate(url: string, users?: ServiceUrls): Promise<MigrationState> {
  const client = postgres(url, { max: 1, onnotice: () => undefined })
  try {
    const db = drizzle(client)
    await db.execute(sql`select pg_advisory_lock(hashtext('partyline.migrate'))`)
    const found = await readMigrationState(db)
    refuseNewer(found)
    await run(db, { migrationsFolder })
    if (users) await grantRoles(db, users)
    return found
  } finally {
    await client.end()
  }
}

function refuseNewer({ applied, known }: MigrationState): void {
  if (applied > known) {
    throw new NewerDatabaseError(
      `The data was written by a newer version of Partyline (${applied} migrations, this version knows ${known}). Update Partyline, or point it at other data.`,
    )
  }
}
