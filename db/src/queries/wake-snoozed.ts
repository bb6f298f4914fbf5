import { sql } from 'drizzle-orm'
import type { Db } from '../client.ts'
import { recordChanges } from './events.ts'
import { postEvents } from './post-events.ts'

/**
 * Brings back snoozed conversations whose time has come, at the top of the list and unread. Any number of
 * dispatchers may ask: each row is claimed by one. Returns how many.
 */
export async function wakeSnoozed(db: Db, limit: number): Promise<number> {
  return db.transaction(async (tx) => {
    const woken = await tx.execute<{ id: string }>(sql`
      update conversations set status = 'open', snoozed_until = null,
        last_message_at = greatest(last_message_at, clock_timestamp()),
        read_count = least(read_count, greatest(inbound_count - 1, 0))
      where id in (
        select id from conversations where snoozed_until <= now()
        order by snoozed_until limit ${limit} for no key update skip locked)
        and snoozed_until <= now()
      returning id
    `)
    const ids = woken.map(({ id }) => id)
    await postEvents(
      tx,
      null,
      ids.map((conversationId) => ({ conversationId, body: 'Back from snooze' })),
    )
    await recordChanges(
      tx,
      ids.map((id) => ({ type: 'conversation.changed', subjectId: id, conversationId: id })),
    )
    return ids.length
  })
}
