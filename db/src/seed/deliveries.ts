import { sql } from 'drizzle-orm'
import type { Db } from '../client.ts'
import { draw } from './draw.ts'
import { fate, keyOf } from './messages.ts'
import type { Size } from './size.ts'

/** Of a group only the last texts still have theirs: 2,000 people make many. */
const textsOfGroup = 30

/**
 * All of them have come to their end: a dispatcher that sees this database sends nothing. Their ids tell of
 * the time of their text, as those of real ones do.
 */
export async function seedDeliveries(db: Db, { receiptDays }: Size): Promise<void> {
  const key = sql`(${keyOf(sql`plan.n`, sql`messages.seq`)} + (seats.k - 1)::bigint * 100000007)`
  await db.execute(sql`
    insert into deliveries (id, message_id, conversation_id, line_id, member_id, address, seq, state, cause, attempt,
      attempt_at, receipt_asked_at, twilio_sid, status, status_rank, error_code, created_at, updated_at)
    select overlay(uuidv7()::text placing left(message_id::text, 14) from 1)::uuid,
      message_id, conversation_id, line_id, case when is_group then seat_id end, address, seq,
      (case fate when 'review' then 'review' else 'accepted' end)::delivery_state,
      case fate when 'review' then 'unsettled' when 'sent' then 'no_receipt' end, 1, at,
      case fate when 'sent' then at + interval '6 hours' end,
      case when fate <> 'review' then 'SM' || md5(message_id || address) end,
      nullif(fate, 'review'), case fate when 'delivered' then 7 when 'undelivered' then 6 when 'sent' then 4 else 0 end,
      case fate when 'undelivered' then (array[30003, 30005, 30006, 30007])[1 + ${draw(sql`key`, 33, 4)}] end, at, at
    from (
      select messages.id as message_id, messages.conversation_id, members.id as seat_id, seats.address, seq, is_group,
        messages.created_at as at, plan.line_id, ${key} as key, ${fate(key, sql`messages.created_at`)} as fate
      from messages
        join plan on plan.id = messages.conversation_id
        join seats on seats.n = plan.n
        left join members on is_group and members.conversation_id = plan.id and members.address = seats.address
      where messages.direction = 'outbound' and messages.kind = 'text'
        and messages.created_at > now() - ${receiptDays} * interval '1 day'
        and (not is_group or seq > texts - ${textsOfGroup})
    ) as going
    order by at
  `)
  await countOfGroups(db)
}

/** What the triggers would have counted; those of one person are counted as they are written. */
async function countOfGroups(db: Db): Promise<void> {
  await db.execute(sql`
    update messages set total_count = total, sent_count = sent, delivered_count = delivered,
      failed_count = failed, unknown_count = review
    from (
      select message_id, count(*) as total, count(*) filter (where deliveries.status = 'sent') as sent,
        count(*) filter (where deliveries.status = 'delivered') as delivered,
        count(*) filter (where deliveries.status = 'undelivered') as failed, count(*) filter (where state = 'review') as review
      from deliveries join plan on plan.id = conversation_id
      where is_group group by message_id
    ) as counted
    where messages.id = counted.message_id
  `)
}
