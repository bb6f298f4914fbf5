import { sql } from 'drizzle-orm'
import type { Db } from './client.ts'

const limits = [
  sql`statement_timeout = '10s'`,
  sql`lock_timeout = '5s'`,
  sql`idle_in_transaction_session_timeout = '15s'`,
]

/** Whatever this user asks of Postgres has an end, however it connects. */
export async function limitUser(db: Db, user: string): Promise<void> {
  for (const limit of limits) {
    await db.execute(sql`alter role ${sql.identifier(user)} set ${limit}`)
  }
}

/** The same for the user of this connection, who may have other databases and is let alone there. */
export async function limitMyself(db: Db): Promise<void> {
  const [row] = await db.execute<{ name: string }>(sql`select current_database() as name`)
  const database = sql.identifier(row?.name ?? '')
  for (const limit of limits) {
    await db.execute(sql`alter role current_user in database ${database} set ${limit}`)
  }
}

/** Whether the user of this connection has had limits here before. */
export async function areLimited(db: Db): Promise<boolean> {
  const rows = await db.execute(sql`
    select from pg_db_role_setting join pg_database on pg_database.oid = setdatabase
    where datname = current_database() and setrole = current_user::regrole
  `)
  return rows.length > 0
}

/** One that was made before the limits of its user, from when its transaction is over. */
export async function limitConnection(tx: Db): Promise<void> {
  for (const limit of limits) await tx.execute(sql`set ${limit}`)
}

/** A migration takes as long as it takes. */
export async function withoutLimits(tx: Db): Promise<void> {
  await tx.execute(sql`set local statement_timeout = 0`)
  await tx.execute(sql`set local lock_timeout = 0`)
  await tx.execute(sql`set local idle_in_transaction_session_timeout = 0`)
}
