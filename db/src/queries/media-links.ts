import { sql } from 'drizzle-orm'
import type { Db } from '../client.ts'

/** From now Twilio has a day to fetch the pictures of these messages. */
export async function extendMediaLinks(db: Db, messageIds: string[]): Promise<void> {
  await db.execute(sql`
    update media set link_expires_at = now() + interval '1 day'
    where message_id = any(${sql.param(messageIds)}::uuid[])
      and (link_expires_at is null or link_expires_at < now() + interval '23 hours')
  `)
}
