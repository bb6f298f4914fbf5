import { sql } from 'drizzle-orm'
import type { Db } from '../client.ts'

/** From now on nothing goes from this line to this address. False when it was so already. */
export async function optOut(
  db: Db,
  given: { lineId: string; address: string; source: 'keyword' | 'twilio' },
): Promise<boolean> {
  const began = await db.execute(sql`
    insert into opt_outs (line_id, address, source)
    values (${given.lineId}, ${given.address}, ${given.source})
    on conflict (line_id, address) where ended_at is null do nothing
  `)
  return began.count > 0
}

/** Whether there was an opt-out to end. */
export async function optIn(db: Db, given: { lineId: string; address: string }): Promise<boolean> {
  const ended = await db.execute(sql`
    update opt_outs set ended_at = now()
    where line_id = ${given.lineId} and address = ${given.address} and ended_at is null
  `)
  return ended.count > 0
}
