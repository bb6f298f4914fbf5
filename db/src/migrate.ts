import { sql } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/postgres-js'
import { migrate as run } from 'drizzle-orm/postgres-js/migrator'
import type { Sql, TransactionSql } from 'postgres'
import { withAsked } from './asked.ts'
import { connectPostgres, type Db } from './client.ts'
import { isDirect } from './is-direct.ts'
import { type MigrationState, migrationsFolder, readMigrationState } from './migration-state.ts'
import { grantRoles, type ServiceUrls } from './roles.ts'
import { areLimited, limitConnection, limitMyself, withoutLimits } from './time-limits.ts'

/** The database was written by a later version of Partyline; this one would damage it. */
export class NewerDatabaseError extends Error {
  override readonly name = 'NewerDatabaseError'
}

/**
 * Brings the database to this version, and its users with it when they are named: all of it or nothing. Safe
 * to run from several places at once, through a pooler too. Returns how far the database was.
 */
export async function migrate(url: string, users?: ServiceUrls): Promise<MigrationState> {
  const client = connectPostgres(url, { name: 'migrate', max: 1 })
  try {
    return await client.begin(async (transaction) => {
      const db = within(client, transaction)
      await withoutLimits(db)
      await db.execute(sql`select pg_advisory_xact_lock(hashtext('partyline.migrate'))`)
      const before = await readMigrationState(db)
      refuseNewer(before)
      await run(db, { migrationsFolder })
      if (users) await grantRoles(db, users)
      else await limitAll(db, transaction)
      return before
    })
  } finally {
    await client.end({ timeout: 5 })
  }
}

/** Drizzle's migrations begin a transaction of their own, which is a part of this one then. */
function within(client: Sql, transaction: TransactionSql) {
  return drizzle(
    withAsked(client, {
      // eslint-disable-next-line no-restricted-syntax -- what Drizzle made, passed on
      unsafe: (...args) => transaction.unsafe(...args),
      begin: (run) => transaction.savepoint((part) => run(part as unknown as Sql)),
    }),
  )
}

function refuseNewer({ applied, known }: MigrationState): void {
  if (applied > known) {
    throw new NewerDatabaseError(
      `The data was written by a newer version of Partyline (${applied} migrations, this version knows ${known}). Update Partyline, or point it at other data.`,
    )
  }
}

/**
 * Services that share this user have its limits: on connections yet to be made, on this one, which a pooler
 * would give to them, and on none that waited in a pooler since before there were limits.
 */
async function limitAll(db: Db, transaction: TransactionSql): Promise<void> {
  const hadLimits = await areLimited(db)
  await limitMyself(db)
  if (!hadLimits && !(await isDirect(transaction))) await forgetUnlimited(db)
  await limitConnection(db)
}

/** Not one that another migration has just been given: it is idle for a moment before it begins. */
async function forgetUnlimited(db: Db): Promise<void> {
  await db.execute(sql`
    select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and usename = current_user and pid <> pg_backend_pid()
      and application_name = 'partyline-migrate' and state = 'idle' and state_change < now()
  `)
}
