import { sql } from 'drizzle-orm'
import { isTwilioStatus, twilioStatusRank } from '@partyline/contracts/delivery-status'
import type { Db } from '../client.ts'

/** Whether a Twilio text is one of ours already. */
export async function isKnownSid(db: Db, sid: string): Promise<boolean> {
  const [row] = await db.execute<{ known: boolean }>(sql`
    select exists (select from messages where twilio_sid = ${sid})
      or exists (select from deliveries where twilio_sid = ${sid}) as known
  `)
  return row?.known ?? false
}

/** The delivery of a text that another program sent: it is with Twilio already. */
export async function insertAdoptedDelivery(
  tx: Db,
  messageId: string,
  sent: { sid: string; status: string; errorCode: number | null },
): Promise<void> {
  const status = isTwilioStatus(sent.status) ? sent.status : 'queued'
  await tx.execute(sql`
    insert into deliveries (message_id, conversation_id, line_id, address, seq,
      state, twilio_sid, status, status_rank, error_code)
    select messages.id, conversations.id, conversations.line_id, conversations.address, messages.seq,
      'accepted', ${sent.sid}, ${status}, ${twilioStatusRank[status]}, ${sent.errorCode}
    from messages join conversations on conversations.id = messages.conversation_id
    where messages.id = ${messageId}
  `)
}
