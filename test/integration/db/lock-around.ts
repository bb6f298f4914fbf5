import { createUser } from '@partyline/db/queries/users'
import type { Db } from '@partyline/db/client'
import { sql } from 'drizzle-orm'
import { expect } from 'vitest'
import { givenDirect, givenLine } from '../../support/given.ts'

export const [ana, ben] = ['+14155550101', '+14155550102']

export async function givenTwoContacts(db: Db) {
  const user = await createUser(db, {
    ...{ email: 'uma@example.com', name: 'Uma', role: 'agent', passwordHash: 'none' },
  })
  const [one, other] = [
    await givenLine(db, { address: '+15558675310' }),
    await givenLine(db, { address: '+15558675311' }),
  ]
  const kept = await givenDirect(db, { lineId: one.id, address: ben })
  const gone = await givenDirect(db, { lineId: one.id, address: ana })
  await givenDirect(db, { lineId: other.id, address: ana })
  return { userId: user?.id ?? '', keptId: kept.contactId, mergedId: gone.contactId }
}

/**
 * Locks two rows one after the other, as whoever changes both does, and has something else begin in
 * between, which waits. Postgres gives up on one of the two when they wait for each other.
 */
export async function lockAround(
  db: Db,
  lock: (tx: Db, which: 0 | 1) => Promise<unknown>,
  begin: () => Promise<unknown>,
): Promise<void> {
  const begun = await db.transaction(async (tx) => {
    await lock(tx, 0)
    const running = begin()
    running.catch(() => undefined)
    const blocked = sql`select 1 from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`
    await expect.poll(() => db.execute(blocked)).toHaveLength(1)
    await lock(tx, 1)
    return { running }
  })
  await begun.running
}
