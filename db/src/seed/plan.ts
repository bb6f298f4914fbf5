import { sql } from 'drizzle-orm'
import type { Db } from '../client.ts'
import { draw } from './draw.ts'
import type { Size } from './size.ts'

/**
 * What each conversation will be, before there is any: number 1 is the long thread, the highest number the
 * largest group. `seats` are the people in each, one or many.
 */
export async function planConversations(db: Db, size: Size): Promise<void> {
  const { conversations, groups, messages, longThread, days } = size
  const n = sql`n`
  const average = Math.ceil((messages - longThread) / conversations)
  await db.execute(sql`
    create temp table plan on commit drop as
    select n, uuidv7(- age) as id, n > ${conversations - groups} as is_group, now() - age as last_at,
      case when n = 1 then ${longThread} else 1 + ${draw(n, 10, average * 2)} end as texts,
      -- Between one burst of texts and the next.
      (1 + ${draw(n, 11, 60)}) * interval '1 hour' as pause,
      case when age < ${days} * interval '2 hours' or ${draw(n, 12, 40)} = 0 then 'open'
        when ${draw(n, 12, 40)} = 1 then 'snoozed' else 'closed' end as status,
      case when ${draw(n, 13, 9)} < 5 then 1 + ${draw(n, 14, sql`(select count(*)::int from staff)`)} end as assignee
    from generate_series(1, ${conversations}::bigint) as n
      -- Most have been quiet for long; a few are busy now.
      cross join lateral (select case when n in (1, ${conversations}::bigint) then interval '5 minutes'
        else power((n * 7919 % ${conversations}) / ${conversations}::float8, 3) * ${days} * interval '1 day'
          + ${draw(n, 15, 90)} * interval '1 second' end as age) as aged
  `)
  await seatPeople(db, size)
  await db.execute(sql`create unique index on plan (id)`)
  await db.execute(sql`analyze plan, seats`)
}

async function seatPeople(db: Db, { conversations, groups, crowd }: Size): Promise<void> {
  await db.execute(sql`
    create temp table seats on commit drop as
    select n, 1 as k, id as contact_id, coalesce(name, address) as name, address from people
    union all
    select grouped.n, row_number() over (partition by grouped.n order by people.n)::int, people.id,
      coalesce(people.name, people.address), people.address
    from generate_series(${conversations - groups + 1}::bigint, ${conversations}::bigint) as grouped (n)
      cross join lateral (
        select * from people
        where channel = 'sms'
          and people.n > case when grouped.n = ${conversations} then 0 else ${draw(sql`grouped.n`, 16, conversations - groups - 100)} end
        order by people.n
        limit case when grouped.n = ${conversations} then ${crowd} else 3 + ${draw(sql`grouped.n`, 17, 12)} end
      ) as people
  `)
  await db.execute(sql`create unique index on seats (n, k)`)
  await db.execute(sql`
    create temp table sizes on commit drop as select n, max(k)::int as people from seats group by n
  `)
}
