import { eq, sql } from 'drizzle-orm'
import { AppError } from '@partyline/contracts/errors'
import type { Db } from '../client.ts'
import { statusEvents } from '../schema/deliveries.ts'

/**
 * Has what is kept of a text taken in again. Its SID makes that harmless: a text that is in its conversation
 * stays as it is, and a status that a text shows already is no news. `missing`: nothing of it was ever kept.
 */
export async function replayWebhook(
  db: Db,
  messageSid: string,
): Promise<'queued' | 'already' | 'missing'> {
  return db.transaction(async (tx) => {
    const statuses = await replayStatuses(tx, messageSid)
    const [kept] = await tx.execute<{ is_there: boolean; is_erased: boolean }>(sql`
      select exists (select from messages where twilio_sid = ${messageSid}) as is_there,
        params = '{}' as is_erased
      from inbox where message_sid = ${messageSid} for update
    `)
    if (!kept) return statuses
    if (kept.is_there) return statuses === 'queued' ? 'queued' : 'already'
    if (kept.is_erased) {
      throw new AppError(
        'not_found',
        'What this text said was deleted with its conversation, so it cannot be taken in again.',
      )
    }
    await tx.execute(sql`
      update inbox set processed_at = null, attempts = 0, next_at = now()
      where message_sid = ${messageSid}
    `)
    return 'queued'
  })
}

async function replayStatuses(
  tx: Db,
  messageSid: string,
): Promise<'queued' | 'already' | 'missing'> {
  const kept = await tx.$count(statusEvents, eq(statusEvents.messageSid, messageSid))
  const again = await tx.execute(sql`
    update status_events set applied_at = null
    where message_sid = ${messageSid} and not exists (
      select from deliveries
      where deliveries.twilio_sid = status_events.message_sid and status_rank >= rank)
  `)
  if (again.count > 0) return 'queued'
  return kept > 0 ? 'already' : 'missing'
}
