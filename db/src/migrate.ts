import { sql } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/postgres-js'
import { migrate as run } from 'drizzle-orm/postgres-js/migrator'
import postgres from 'postgres'
import type { Db } from './client.ts'
import { migrationsFolder, readMigrationState } from './migration-state.ts'
import { grantRoles, type ServiceUrls } from './roles.ts'

/** The database was written by a later version of Partyline; this one would damage it. */
export class NewerDatabaseError extends Error {
  override readonly name = 'NewerDatabaseError'
}

/**
 * Brings the database to this version, and its users with it when they are named. Safe to run from several
 * places at once.
 */
export async function migrate(url: string, users?: ServiceUrls): Promise<void> {
  const client = postgres(url, { max: 1, onnotice: () => undefined })
  try {
    const db = drizzle(client)
    await db.execute(sql`select pg_advisory_lock(hashtext('partyline.migrate'))`)
    await refuseNewer(db)
    await run(db, { migrationsFolder })
    if (users) await grantRoles(db, users)
  } finally {
    await client.end()
  }
}

async function refuseNewer(db: Db): Promise<void> {
  const { applied, known } = await readMigrationState(db)
  if (applied > known) {
    throw new NewerDatabaseError(
      `The data was written by a newer version of Partyline (${applied} migrations, this version knows ${known}). Update Partyline, or point it at other data.`,
    )
  }
}
