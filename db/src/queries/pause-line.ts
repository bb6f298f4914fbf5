import { and, eq, isNotNull, isNull, sql } from 'drizzle-orm'
import type { Db } from '../client.ts'
import { lines } from '../schema/lines.ts'
import { recordChanges } from './events.ts'

/**
 * From now on nothing more of it is claimed; what is under way still ends. `errorCode`: Twilio's, where one
 * text after another failed with it; null where a person wants it. False when it was paused already.
 */
export async function pauseLine(tx: Db, id: string, errorCode: number | null): Promise<boolean> {
  const paused = await tx
    .update(lines)
    .set({ pausedAt: sql`now()`, pausedFor: errorCode })
    .where(and(eq(lines.id, id), isNull(lines.pausedAt)))
    .returning({ id: lines.id })
  if (paused.length > 0) await recordChanges(tx, [{ type: 'line.changed', subjectId: id }])
  return paused.length > 0
}

/** What waited may go. False when it was not paused. */
export async function resumeLine(tx: Db, id: string): Promise<boolean> {
  const resumed = await tx
    .update(lines)
    .set({ pausedAt: null, pausedFor: null })
    .where(and(eq(lines.id, id), isNotNull(lines.pausedAt)))
    .returning({ id: lines.id })
  if (resumed.length > 0) await recordChanges(tx, [{ type: 'line.changed', subjectId: id }])
  return resumed.length > 0
}
