import { and, desc, eq, lt } from 'drizzle-orm'
import type { AuditAction, AuditEntry } from '@partyline/contracts/api/audit'
import type { Db } from '../client.ts'
import { audit, type AuditRow } from '../schema/audit.ts'
import { users } from '../schema/users.ts'
import { decodeCursor, pageOf } from './cursor.ts'

/** Who acts, as far as it is known. */
export interface Actor {
  userId: string | null
  ip: string | null
}

/** Partyline itself, and people outside: they have no account. */
export const nobody: Actor = { userId: null, ip: null }

export interface Act {
  action: AuditAction
  subject?: string | null
  details?: AuditEntry['details']
}

/** Writes down what was done, in the transaction that does it. */
export async function recordAudit(tx: Db, by: Actor, ...acts: Act[]): Promise<void> {
  if (acts.length === 0) return
  await tx.insert(audit).values(acts.map((act) => ({ ...act, ...by })))
}

export async function listAudit(
  db: Db,
  given: {
    userId?: string | undefined
    action?: AuditAction | undefined
    cursor?: string | undefined
    limit: number
  },
): Promise<{
  rows: { row: AuditRow; userName: string | null; id: string }[]
  nextCursor: string | null
}> {
  const before = given.cursor && decodeCursor(given.cursor, ['id'])
  const rows = await db
    .select({ id: audit.id, row: audit, userName: users.name })
    .from(audit)
    .leftJoin(users, eq(users.id, audit.userId))
    .where(
      and(
        given.userId ? eq(audit.userId, given.userId) : undefined,
        given.action ? eq(audit.action, given.action) : undefined,
        before ? lt(audit.id, before[0]) : undefined,
      ),
    )
    .orderBy(desc(audit.id))
    .limit(given.limit + 1)
  return pageOf(rows, given.limit, ({ id }) => [id])
}
