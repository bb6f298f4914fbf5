import { sql } from 'drizzle-orm'
import type { Db } from '../client.ts'

export const hourMs = 3_600_000

/** The lowest id that can be made at a time: ids grow with it, so a time range is a range of the primary key. */
export function idAt(at: Date): string {
  const ms = at.getTime().toString(16).padStart(12, '0')
  return `${ms.slice(0, 8)}-${ms.slice(8)}-0000-0000-000000000000`
}

/** However long a thread is, an answer is traced back through so many of its messages only. */
const tracedBack = 500

/**
 * Counts one hour of all lines anew, from what is there now, so that it may be repeated and two may do it
 * at once. Reads that hour's part of two primary keys, and of a thread what was said since its last answer.
 */
export async function countHour(db: Db, hour: Date): Promise<void> {
  const from = idAt(hour)
  const to = idAt(new Date(hour.getTime() + hourMs))
  const at = sql`${hour.toISOString()}::timestamptz`
  await db.execute(sql`
    with said as (
      select messages.id, messages.conversation_id, messages.seq, messages.direction,
        messages.author_kind, conversations.kind, conversations.line_id
      from messages join conversations on conversations.id = messages.conversation_id
      where messages.id >= ${from}::uuid and messages.id < ${to}::uuid
        and messages.kind = 'text' and conversations.line_id is not null
    ), answered as (
      select said.line_id, extract(epoch from
        uuid_extract_timestamp(said.id) - uuid_extract_timestamp(asked.id))::int as seconds
      from said cross join lateral (
        select first.id from messages as first
        where first.conversation_id = said.conversation_id
          and first.seq < said.seq and first.seq > said.seq - ${tracedBack}
          and first.seq > coalesce((
            select last.seq from messages as last
            where last.conversation_id = said.conversation_id
              and last.seq < said.seq and last.seq > said.seq - ${tracedBack}
              and last.kind = 'text' and last.author_kind = 'user'
            order by last.seq desc limit 1), 0)
          and first.kind = 'text' and first.direction = 'inbound'
        order by first.seq limit 1
      ) as asked
      where said.kind = 'direct' and said.author_kind = 'user'
    ), counted as (
      select line_id, count(*) filter (where direction = 'inbound') as inbound,
        0 as outbound, 0 as delivered, 0 as failed from said group by line_id
      union all
      select line_id, 0, count(*),
        count(*) filter (where delivery_bucket(state, status) = 'delivered'),
        count(*) filter (where delivery_bucket(state, status) = 'failed')
      from deliveries where id >= ${from}::uuid and id < ${to}::uuid group by line_id
    ), hours as (
      select line_id, sum(inbound) as inbound, sum(outbound) as outbound,
        sum(delivered) as delivered, sum(failed) as failed,
        coalesce((select string_agg(int4send(seconds), '') from answered
          where answered.line_id = counted.line_id), '') as answer_seconds
      from counted group by line_id
      having sum(inbound) + sum(outbound) > 0
    ), gone as (
      delete from line_hours
      where hour = ${at} and line_id not in (select line_id from hours)
    )
    insert into line_hours (line_id, hour, inbound, outbound, delivered, failed, answer_seconds)
    select line_id, ${at}, inbound, outbound, delivered, failed, answer_seconds
    from hours where exists (select from lines where lines.id = hours.line_id)
    order by line_id
    on conflict (hour, line_id) do update set
      inbound = excluded.inbound, outbound = excluded.outbound, delivered = excluded.delivered,
      failed = excluded.failed, answer_seconds = excluded.answer_seconds
  `)
}
