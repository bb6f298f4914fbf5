import { sql } from 'drizzle-orm'
import type { Db } from '../client.ts'
import { draw, oneOf } from './draw.ts'
import type { Size } from './size.ts'
import { firstNames, lastNames } from './words.ts'

const colleagues = ['Ben Okafor', 'Carla Rossi', 'Dan Weber', 'Eva Novak']

/** Colleagues whom conversations are assigned to. They have no password, so they never sign in. */
export async function seedStaff(db: Db): Promise<void> {
  await db.execute(sql`
    insert into users (email, name, role, password_hash)
    select lower(split_part(name, ' ', 1)) || '.seeded@example.com', name, 'agent', ''
    from unnest(${sql.param(colleagues)}::text[]) as name
    on conflict do nothing
  `)
  await db.execute(sql`
    create temp table staff on commit drop as
    select row_number() over (order by created_at, id)::int as k, id, name from users where disabled_at is null
  `)
}

const inboxes = [
  ['+12125550100', 'sms', 'Front desk'],
  ['+12125550101', 'sms', 'Orders'],
  ['+12125550102', 'sms', 'Support'],
  ['+12125550103', 'sms', 'Workshop'],
  ['whatsapp:+12125550100', 'whatsapp', 'WhatsApp'],
  ['messenger:102030405060', 'messenger', 'Facebook'],
] as const

export async function seedLines(db: Db, { groups }: Size): Promise<void> {
  const [addresses, channels, names] = [0, 1, 2].map((part) => inboxes.map((line) => line[part]))
  await db.execute(sql`
    insert into lines (address, channel, name, mode)
    select address, channel::channel, name, 'inbox'::line_mode
    from unnest(${sql.param(addresses)}::text[], ${sql.param(channels)}::text[], ${sql.param(names)}::text[])
      as line (address, channel, name)
    union all
    select '+1646555' || lpad((1000 + n)::text, 4, '0'), 'sms', 'Group line ' || n, 'group'
    from generate_series(1, ${groups}::int) as n
    on conflict do nothing
  `)
}

/** A contact for each direct conversation; four of five have a name. */
export async function seedContacts(db: Db, { conversations, groups }: Size): Promise<void> {
  const n = sql`n`
  await db.execute(sql`
    create temp table people on commit drop as
    select n, uuidv7(- n * interval '1 second') as id, channel,
      case when n = 1 then 'Mabel Longfellow' when ${draw(n, 1, 5)} > 0
        then ${oneOf(firstNames, n, 2)} || ' ' || ${oneOf(lastNames, n, 3)} end as name,
      case channel
        when 'messenger' then 'messenger:' || (10000000000000 + n)
        else case channel when 'whatsapp' then 'whatsapp:' else '' end
          || '+1' || (array[206, 303, 312, 404, 415, 503, 512, 602, 617, 702, 713, 773, 786, 808, 916])[1 + n % 15]
          || 2000000 + (n / 15 * 7919) % 7999999
      end as address
    from generate_series(1, ${conversations - groups}::bigint) as n
      cross join lateral (select case when n = 1 then 'sms' when ${draw(n, 4, 100)} < 12 then 'whatsapp'
        when ${draw(n, 4, 100)} < 15 then 'messenger' else 'sms' end as channel) as way
  `)
  await db.execute(sql`insert into contacts (id, name) select id, name from people`)
  await db.execute(sql`
    insert into addresses (address, contact_id, channel) select address, id, channel::channel from people
  `)
  await db.execute(sql`create unique index on people (n)`)
}
