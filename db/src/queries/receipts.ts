import { sql } from 'drizzle-orm'
import type { Db } from '../client.ts'

const unanswered = sql`state = 'accepted' and status_rank < 6 and cause is null`

/** Texts that Twilio took six hours ago and that have come to no end. Each is asked about once. */
export async function claimWithoutReceipt(db: Db, limit: number): Promise<string[]> {
  const rows = await db.execute<{ twilio_sid: string }>(sql`
    with due as (
      select id from deliveries
      where ${unanswered} and attempt_at < now() - interval '6 hours'
        and receipt_asked_at is null and twilio_sid is not null
      order by attempt_at limit ${limit} for update skip locked
    )
    update deliveries set receipt_asked_at = now() from due
    where deliveries.id = due.id returning twilio_sid
  `)
  return rows.map((row) => row.twilio_sid)
}

/** Twilio did not answer: they are asked about again. */
export async function releaseReceipts(db: Db, sids: string[]): Promise<void> {
  await db.execute(sql`
    update deliveries set receipt_asked_at = null where twilio_sid = any(${sql.param(sids)})
  `)
}

/** Nobody will say any more what became of these. Their status stays as it is. Returns how many. */
export async function giveUpReceipts(db: Db): Promise<number> {
  const marked = await db.execute(sql`
    with marked as (
      update deliveries set cause = 'no_receipt', updated_at = now()
      where ${unanswered} and attempt_at < now() - interval '72 hours'
      returning message_id
    ), told as (
      insert into events (type, subject_id, conversation_id, owner_id)
      select distinct 'message.changed', messages.id, messages.conversation_id,
        case conversations.visibility when 'private' then conversations.owner_id end
      from marked join messages on messages.id = marked.message_id
      join conversations on conversations.id = messages.conversation_id
    )
    select 1 from marked
  `)
  return marked.length
}
