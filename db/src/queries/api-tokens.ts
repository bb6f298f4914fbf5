import { and, desc, eq, isNull, lt, sql } from 'drizzle-orm'
import type { User } from '@partyline/contracts/api/session'
import type { Db } from '../client.ts'
import { apiTokens, users } from '../schema/users.ts'
import { decodeCursor, pageOf } from './cursor.ts'
import { hashSecret, newSecret } from './secret.ts'
import { toUser } from './users.ts'

/** The prefix tells people, and scanners for leaked secrets, what they have found. */
const prefix = 'partyline_'

export async function createApiToken(db: Db, given: { userId: string; name: string }) {
  const { secret } = newSecret()
  const token = prefix + secret
  const [row] = await db
    .insert(apiTokens)
    .values({ ...given, tokenHash: hashSecret(token) })
    .returning()
  if (!row) throw new Error('insert returned no row')
  return { row, token }
}

export async function findApiTokenUser(db: Db, token: string): Promise<User | undefined> {
  const [found] = await db
    .select({
      id: apiTokens.id,
      user: users,
      stale: sql<boolean>`coalesce(${apiTokens.lastUsedAt} < now() - interval '1 minute', true)`,
    })
    .from(apiTokens)
    .innerJoin(users, eq(users.id, apiTokens.userId))
    .where(and(eq(apiTokens.tokenHash, hashSecret(token)), isNull(users.disabledAt)))
  if (!found) return undefined
  if (found.stale) {
    await db
      .update(apiTokens)
      .set({ lastUsedAt: sql`now()` })
      .where(eq(apiTokens.id, found.id))
  }
  return toUser(found.user)
}

export async function listApiTokens(
  db: Db,
  given: { userId: string; cursor?: string | undefined; limit: number },
) {
  const before = given.cursor && decodeCursor(given.cursor, ['id'])
  const rows = await db
    .select()
    .from(apiTokens)
    .where(
      and(eq(apiTokens.userId, given.userId), before ? lt(apiTokens.id, before[0]) : undefined),
    )
    .orderBy(desc(apiTokens.id))
    .limit(given.limit + 1)
  return pageOf(rows, given.limit, ({ id }) => [id])
}

/** The name of the token; undefined when this user has no such one. */
export async function removeApiToken(
  db: Db,
  given: { id: string; userId: string },
): Promise<string | undefined> {
  const [removed] = await db
    .delete(apiTokens)
    .where(and(eq(apiTokens.id, given.id), eq(apiTokens.userId, given.userId)))
    .returning({ name: apiTokens.name })
  return removed?.name
}
