import { type SQL, sql } from 'drizzle-orm'
import type { Db } from '../client.ts'
import { draw, oneOf } from './draw.ts'
import type { Size } from './size.ts'
import { answers, asks, notes, words } from './words.ts'

/** Of a text to one person: nearly all arrive. `sent` are those that nobody confirmed. */
export const fate = (key: SQL, at: SQL) => sql`case
  when ${draw(key, 30, 2_000)} = 0 then 'review'
  when ${draw(key, 31, 100)} < 3 then 'undelivered'
  when ${draw(key, 31, 100)} = 3 and ${at} < now() - interval '4 days' then 'sent'
  else 'delivered' end`

/** Told apart from every other by its conversation's number and its place in it. */
export const keyOf = (n: SQL, seq: SQL) => sql`(${n} * 1000000 + ${seq})`

const key = sql`key`
const filledIn = (text: SQL) => sql`
  replace(replace(${text}, '#', (10000 + ${draw(key, 20, 90_000)})::text), '~', ${oneOf(words, key, 21)})`

/** In the order of time, as they came, so that a thread lies scattered among all others. */
export async function seedMessages(db: Db, { receiptDays }: Size): Promise<void> {
  const counted = (status: string) => sql`(counted and fate = ${status})::int`
  await db.execute(sql`
    insert into messages (id, conversation_id, seq, kind, direction, author_kind, author_id, author_name,
      author_address, body, sender_id, total_count, sent_count, delivered_count, failed_count, unknown_count, created_at)
    select uuidv7(at - now()), conversation_id, seq, kind::message_kind,
      (case when inbound then 'inbound' else 'outbound' end)::direction,
      (case when inbound then 'contact' else 'user' end)::author_kind,
      case when inbound then contact_id else staff.id end, case when inbound then said.name else staff.name end,
      case when inbound then address end, body, case when not inbound then staff.id end,
      counted::int, ${counted('sent')}, ${counted('delivered')}, ${counted('undelivered')}, ${counted('review')}, at
    from (
      select *, not inbound and kind = 'text' and not is_group and at > now() - ${receiptDays} * interval '1 day' as counted,
        ${fate(key, sql`at`)} as fate, ${body} as body
      from (${planned}) as planned
    ) as said
    join staff on staff.k = 1 + ${draw(key, 22, sql`(select count(*)::int from staff)`)}
    order by at
  `)
}

const body = filledIn(sql`case
  when kind = 'note' then ${oneOf(notes, key, 23)}
  when kind = 'event' then 'closed this conversation'
  when inbound then ${oneOf(asks, key, 24)}
  else ${oneOf(answers, key, 25)} end
  || case when kind = 'text' and ${draw(key, 26, 6)} = 0 then ' ' || ${oneOf(answers, key, 27)} else '' end`)

/** In bursts of four texts, a few minutes apart. */
const planned = sql`
  select plan.id as conversation_id, is_group, seq, ${keyOf(sql`plan.n`, sql`seq`)} as key,
    last_at - (texts - seq) / 4 * pause - (texts - seq) % 4 * interval '3 minutes'
      - ${draw(keyOf(sql`plan.n`, sql`seq`), 28, 120)} * interval '1 second' as at,
    kind, kind = 'text' and roll < 55 as inbound, seats.contact_id, seats.name, seats.address
  from plan
    join sizes using (n)
    cross join lateral generate_series(1, texts) as seq
    cross join lateral (select ${draw(keyOf(sql`plan.n`, sql`seq`), 29, 100)} as roll) as rolled
    cross join lateral (select case when seq = texts then 'text' when roll = 99 then 'note'
      when roll = 98 then 'event' else 'text' end as kind) as kinds
    join seats on seats.n = plan.n
      and seats.k = 1 + ${draw(keyOf(sql`plan.n`, sql`seq`), 32, sql`people`)}`
