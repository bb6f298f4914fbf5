import { type SQL, sql } from 'drizzle-orm'
import type { Db } from '../client.ts'
import { calendarDays } from './calendar-days.ts'

/** Days that a group's activity shows, today among them. */
const dayCount = 30
const dayMs = 86_400_000

/** Texts of each of the last days, who came and who went, by the calendar of a time zone. */
export async function listGroupDays(db: Db, groupId: string, timeZone: string) {
  const now = new Date()
  const days = calendarDays(timeZone, new Date(now.getTime() - dayCount * dayMs), now)
  const shown = days.slice(-dayCount)
  const begins = sql`${sql.param(shown.map((day) => day.begins.toISOString()))}::text[]::timestamptz[]`
  const dayOf = (at: SQL) => sql`width_bucket(${at}, since.days)`
  return db.execute<{ day: string; texts: number; joined: number; left: number }>(sql`
    with since as (select ${begins} as days, (${begins})[1] as begins),
    texts as (
      select ${dayOf(sql`created_at`)} as place, count(*)::int as many from messages, since
      where conversation_id = ${groupId} and kind = 'text' and created_at >= since.begins group by 1
    ), joined as (
      select ${dayOf(sql`joined_at`)} as place, count(*)::int as many from members, since
      where conversation_id = ${groupId} and joined_at >= since.begins group by 1
    ), gone as (
      select ${dayOf(sql`left_at`)} as place, count(*)::int as many from members, since
      where conversation_id = ${groupId} and left_at >= since.begins group by 1
    )
    select days.day, coalesce(texts.many, 0) as texts,
      coalesce(joined.many, 0) as joined, coalesce(gone.many, 0) as left
    from unnest(${sql.param(shown.map(({ day }) => day))}::text[]) with ordinality as days (day, place)
    left join texts using (place) left join joined using (place) left join gone using (place)
    order by days.place
  `)
}

/** Who texts, the most first, with the name they have there. */
export async function listTexters(db: Db, groupId: string, limit: number) {
  return db.execute<{ contactId: string; name: string; texts: number; lastTextAt: string }>(sql`
    with texters as (
      select author_id, count(*)::int as texts, max(created_at) as last_text_at
      from messages where conversation_id = ${groupId} and kind = 'text' and author_id is not null
      group by author_id
    )
    select contacts.id as "contactId", texters.texts,
      to_char(texters.last_text_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "lastTextAt",
      coalesce((
        select seat.name from members as seat
        where seat.contact_id = contacts.id and seat.conversation_id = ${groupId}
        order by seat.joined_at desc limit 1), contacts.name, '') as name
    from texters join contacts on contacts.id = texters.author_id
    order by texters.texts desc, texters.last_text_at desc limit ${limit}
  `)
}

/** Who came and who went, newest first. */
export async function listComings(db: Db, groupId: string, limit: number) {
  return db.execute<{ at: string; name: string; kind: 'joined' | 'left' }>(sql`
    select to_char(at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at, name, kind from (
      (select joined_at as at, name, 'joined' as kind from members
        where conversation_id = ${groupId} order by joined_at desc limit ${limit})
      union all
      (select left_at, name, 'left' from members
        where conversation_id = ${groupId} and left_at is not null order by left_at desc limit ${limit})
    ) as comings order by comings.at desc limit ${limit}
  `)
}
