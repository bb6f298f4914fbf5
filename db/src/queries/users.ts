import { and, asc, eq, inArray, isNull, ne, sql } from 'drizzle-orm'
import type { User } from '@partyline/contracts/api/session'
import type { Db } from '../client.ts'
import { users } from '../schema/users.ts'
import { decodeCursor, pageOf } from './cursor.ts'

export type UserRow = typeof users.$inferSelect

export function toUser(row: Pick<UserRow, 'id' | 'email' | 'name' | 'role' | 'disabledAt'>): User {
  return {
    id: row.id,
    email: row.email,
    name: row.name,
    role: row.role,
    disabled: row.disabledAt !== null,
  }
}

export async function findUserByEmail(db: Db, email: string): Promise<UserRow | undefined> {
  const [row] = await db
    .select()
    .from(users)
    .where(sql`lower(${users.email}) = lower(${email})`)
  return row
}

/** As they are now, and until this transaction ends. */
export async function lockUser(tx: Db, id: string): Promise<UserRow | undefined> {
  const [row] = await tx.select().from(users).where(eq(users.id, id)).for('no key update')
  return row
}

/** Stands where a password's hash does, for whoever never signs in. */
export const noPassword = ''

/** Whether somebody can sign in and let the others in. */
export async function adminExists(db: Db): Promise<boolean> {
  const rows = await db
    .select({ id: users.id })
    .from(users)
    .where(
      and(eq(users.role, 'admin'), isNull(users.disabledAt), ne(users.passwordHash, noPassword)),
    )
    .limit(1)
  return rows.length > 0
}

/** Whether anybody else is an administrator who can sign in, and stays one until this transaction ends. */
export async function isOtherAdminLeft(tx: Db, id: string): Promise<boolean> {
  const admins = await tx
    .select({ id: users.id })
    .from(users)
    .where(
      and(eq(users.role, 'admin'), isNull(users.disabledAt), ne(users.passwordHash, noPassword)),
    )
    .orderBy(asc(users.id))
    .for('update')
  return admins.some((admin) => admin.id !== id)
}

export interface NewUser {
  email: string
  name: string
  role: User['role']
  passwordHash: string
}

/** Undefined when somebody has this e-mail address. */
export async function createUser(db: Db, given: NewUser): Promise<UserRow | undefined> {
  const [row] = await db.insert(users).values(given).onConflictDoNothing().returning()
  return row
}

export interface UserChange {
  name?: string | undefined
  role?: User['role'] | undefined
  passwordHash?: string | undefined
  disabled?: boolean | undefined
}

export async function changeUser(
  db: Db,
  id: string,
  { disabled, ...change }: UserChange,
): Promise<UserRow | undefined> {
  const [row] = await db
    .update(users)
    .set({
      ...change,
      name: change.name ?? sql`${users.name}`,
      ...(disabled !== undefined && { disabledAt: disabled ? sql`now()` : null }),
    })
    .where(eq(users.id, id))
    .returning()
  return row
}

/** How many of these are accounts that can still be used. */
export async function countActiveUsers(db: Db, ids: string[]): Promise<number> {
  if (ids.length === 0) return 0
  return db.$count(users, and(inArray(users.id, ids), isNull(users.disabledAt)))
}

export async function listUsers(db: Db, given: { cursor?: string | undefined; limit: number }) {
  const after = given.cursor && decodeCursor(given.cursor, ['text', 'id'])
  const key = sql`(lower(${users.name}), ${users.id})`
  const rows = await db
    .select({ row: users, place: sql<string>`lower(${users.name})` })
    .from(users)
    .where(after ? sql`${key} > (${after[0]}, ${after[1]}::uuid)` : undefined)
    .orderBy(asc(sql`lower(${users.name})`), asc(users.id))
    .limit(given.limit + 1)
  return pageOf(rows, given.limit, ({ row, place }) => [place, row.id])
}
