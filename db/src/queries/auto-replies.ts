import { sql } from 'drizzle-orm'
import type { Db } from '../client.ts'

/** How often this person was answered automatically of late. */
export async function countAutoReplies(
  tx: Db,
  conversationId: string,
  address: string,
): Promise<{ lastMinute: number; lastHour: number }> {
  const [row] = await tx.execute<{ last_minute: number; last_hour: number }>(sql`
    select
      count(*) filter (where messages.created_at > now() - interval '1 minute')::int as last_minute,
      count(*)::int as last_hour
    from messages
    join deliveries on deliveries.message_id = messages.id and deliveries.address = ${address}
    where messages.conversation_id = ${conversationId}
      and messages.kind = 'auto_reply'
      and messages.created_at > now() - interval '1 hour'
  `)
  return { lastMinute: row?.last_minute ?? 0, lastHour: row?.last_hour ?? 0 }
}

/** Whether this person was given this very answer in the last hours. */
export async function wasAnswered(
  tx: Db,
  given: { conversationId: string; address: string; body: string; hours: number },
): Promise<boolean> {
  const [row] = await tx.execute<{ found: boolean }>(sql`
    select exists (
      select from messages
      join deliveries on deliveries.message_id = messages.id and deliveries.address = ${given.address}
      where messages.conversation_id = ${given.conversationId}
        and messages.kind = 'auto_reply' and messages.body = ${given.body}
        and messages.created_at > now() - ${given.hours} * interval '1 hour'
    ) as found
  `)
  return row?.found ?? false
}

/** Whether an address is one of our own lines. */
export async function isLine(tx: Db, address: string): Promise<boolean> {
  const [row] = await tx.execute<{ found: boolean }>(sql`
    select exists (select from lines where lines.address = ${address}) as found
  `)
  return row?.found ?? false
}
