import { and, desc, eq, inArray, isNull, lt, ne, not, or, type SQL, sql } from 'drizzle-orm'
import { proofMinutes, type User } from '@partyline/contracts/api/session'
import type { Db } from '../client.ts'
import { pushSubscriptions } from '../schema/push.ts'
import { sessions, users } from '../schema/users.ts'
import { decodeCursor, pageOf } from './cursor.ts'
import { hashSecret, newSecret } from './secret.ts'
import { toUser } from './users.ts'

export const sessionDays = 7
const idle = sql`interval '12 hours'`
const noted = sql`interval '1 minute'`
const proven = sql`${proofMinutes} * interval '1 minute'`
const over = sql`${sessions.expiresAt} <= now()`
const alive = sql`${sessions.expiresAt} > now() and ${sessions.lastSeenAt} > now() - ${idle}`
/** Its browser is told of texts while Partyline is closed: whoever lost it must find it in their list. */
const isTold = sql`exists (
  select from ${pushSubscriptions} as told where told.session_id = ${sessions.id})`

export interface Session {
  sessionId: string
  user: User
}

/** A new one on every sign-in, whatever the browser brought along. */
export async function createSession(
  db: Db,
  given: { userId: string; userAgent: string },
): Promise<{ token: string; sessionId: string }> {
  const { secret, hash } = newSecret()
  // One that was only left alone for long lets nobody in, but its browser may still be told of texts.
  await db.delete(sessions).where(and(eq(sessions.userId, given.userId), over))
  const [row] = await db
    .insert(sessions)
    .values({
      userId: given.userId,
      tokenHash: hash,
      userAgent: given.userAgent.slice(0, 300),
      expiresAt: sql`now() + ${sessionDays} * interval '1 day'`,
    })
    .returning({ id: sessions.id })
  if (!row) throw new Error('insert returned no row')
  return { token: secret, sessionId: row.id }
}

/** Who holds this token, as of now: a session ends at once with sign-out, expiry or its user's account. */
export async function findSession(
  db: Db,
  token: string,
): Promise<(Session & { stale: boolean; proved: boolean }) | undefined> {
  const { id, email, name, role, disabledAt } = users
  const [row] = await db
    .select({
      sessionId: sessions.id,
      user: { id, email, name, role, disabledAt },
      stale: sql<boolean>`${sessions.lastSeenAt} < now() - ${noted}`,
      proved: sql<boolean>`${sessions.provedAt} > now() - ${proven}`,
    })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .where(and(eq(sessions.tokenHash, hashSecret(token)), alive, isNull(users.disabledAt)))
  return row && { ...row, user: toUser(row.user) }
}

/** Puts off a session's end. For a stale one only: written once a minute at most, not on every request. */
export async function noteSeen(db: Db, sessionId: string): Promise<void> {
  await db
    .update(sessions)
    .set({ lastSeenAt: sql`now()` })
    .where(and(eq(sessions.id, sessionId), lt(sessions.lastSeenAt, sql`now() - ${noted}`)))
}

/** Its user gave their password just now. */
export async function noteProof(db: Db, sessionId: string): Promise<void> {
  await db
    .update(sessions)
    .set({ provedAt: sql`now()` })
    .where(eq(sessions.id, sessionId))
}

/** Those of these sessions that still hold. Being looked at does not prolong them. */
export async function findLiveSessions(db: Db, sessionIds: string[]): Promise<Set<string>> {
  if (sessionIds.length === 0) return new Set()
  const rows = await db
    .select({ id: sessions.id })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .where(and(inArray(sessions.id, sessionIds), alive, isNull(users.disabledAt)))
  return new Set(rows.map(({ id }) => id))
}

/** The session that ended; undefined when there was none. */
export async function endSession(
  db: Db,
  token: string,
): Promise<{ id: string; userId: string } | undefined> {
  const [ended] = await db
    .delete(sessions)
    .where(eq(sessions.tokenHash, hashSecret(token)))
    .returning({ id: sessions.id, userId: sessions.userId })
  return ended
}

/** False when this user has no such session. */
export async function revokeSession(
  db: Db,
  given: { id: string; userId: string },
): Promise<boolean> {
  const rows = await db
    .delete(sessions)
    .where(and(eq(sessions.id, given.id), eq(sessions.userId, given.userId)))
    .returning({ id: sessions.id })
  return rows.length > 0
}

/** The ids of those that ended. */
export async function endSessionsOf(db: Db, userId: string, exceptId?: string): Promise<string[]> {
  const others: SQL | undefined = exceptId ? ne(sessions.id, exceptId) : undefined
  const ended = await db
    .delete(sessions)
    .where(and(eq(sessions.userId, userId), others))
    .returning({ id: sessions.id })
  return ended.map(({ id }) => id)
}

export async function listSessions(
  db: Db,
  given: { userId: string; cursor?: string | undefined; limit: number },
) {
  const before = given.cursor && decodeCursor(given.cursor, ['id'])
  const rows = await db
    .select()
    .from(sessions)
    .where(
      and(
        eq(sessions.userId, given.userId),
        or(alive, and(not(over), isTold)),
        before ? lt(sessions.id, before[0]) : undefined,
      ),
    )
    .orderBy(desc(sessions.id))
    .limit(given.limit + 1)
  return pageOf(rows, given.limit, ({ id }) => [id])
}
