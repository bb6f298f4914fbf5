import { sql } from 'drizzle-orm'
import type { Db } from '../client.ts'

/**
 * Has what is kept of a text taken in again. Its SID makes that harmless: a text that is in its conversation
 * stays as it is, and a status only moves forward. `missing`: nothing of it was ever kept.
 */
export async function replayWebhook(
  db: Db,
  messageSid: string,
): Promise<'queued' | 'already' | 'missing'> {
  return db.transaction(async (tx) => {
    const statuses = await tx.execute(sql`
      update status_events set applied_at = null where message_sid = ${messageSid}
    `)
    const [kept] = await tx.execute<{ is_there: boolean }>(sql`
      select exists (select from messages where twilio_sid = ${messageSid}) as is_there
      from inbox where message_sid = ${messageSid} for update
    `)
    if (!kept) return statuses.count > 0 ? 'queued' : 'missing'
    if (kept.is_there) return statuses.count > 0 ? 'queued' : 'already'
    await tx.execute(sql`
      update inbox set processed_at = null, attempts = 0, next_at = now()
      where message_sid = ${messageSid}
    `)
    return 'queued'
  })
}
