import { sql } from 'drizzle-orm'
import { isTwilioStatus, twilioStatusRank } from '@partyline/contracts/delivery-status'
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

interface Told {
  sid: string
  status: string
  errorCode: number | null
}

/** Of these texts at Twilio, those of ours that show less here, with the try that Twilio speaks of. */
export async function findBehind<Text extends Told>(
  db: Db,
  texts: Text[],
): Promise<(Text & { deliveryId: string; attempt: number })[]> {
  const ranked = texts.flatMap((text) =>
    isTwilioStatus(text.status) ? [{ text, rank: twilioStatusRank[text.status] }] : [],
  )
  const sids = ranked.map(({ text }) => text.sid)
  const ranks = ranked.map(({ rank }) => rank)
  const rows = await db.execute<{ sid: string; id: string; attempt: number }>(sql`
    select given.sid, deliveries.id, deliveries.attempt
    from unnest(${sql.param(sids)}::text[], ${sql.param(ranks)}::int[]) as given (sid, rank)
    join deliveries on deliveries.twilio_sid = given.sid
    where deliveries.twilio_sid = any(${sql.param(sids)}::text[])
      and deliveries.state = 'accepted' and deliveries.status_rank < given.rank
  `)
  const behind = new Map(rows.map(({ sid, id, attempt }) => [sid, { deliveryId: id, attempt }]))
  return texts.flatMap((text) => {
    const found = behind.get(text.sid)
    return found ? [{ ...text, ...found }] : []
  })
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
