import { sql } from 'drizzle-orm'
import type { LabelColor } from '@partyline/contracts/label-colors'
import type { Db } from '../client.ts'
import { draw } from './draw.ts'

const labels: [name: string, color: LabelColor][] = [
  ['New customer', 'green'],
  ['Complaint', 'red'],
  ['Invoice', 'amber'],
  ['Delivery', 'teal'],
  ['Wholesale', 'indigo'],
  ['Wedding', 'pink'],
  ['Press', 'purple'],
]

const replies = [
  ['hours', 'We are open from 9 to 6 on weekdays and 10 to 4 on Saturdays.'],
  ['parking', 'There is a car park behind the house, the first hour is free.'],
  ['thanks', 'Thank you for writing to us. A colleague answers within the hour.'],
] as const

/** Labels, saved replies, and people whom nothing can be sent to. */
export async function seedExtras(db: Db): Promise<void> {
  const column = (rows: readonly (readonly string[])[], at: number) =>
    sql`${sql.param(rows.map((row) => row[at]))}::text[]`
  await db.execute(sql`
    insert into labels (name, color) select * from unnest(${column(labels, 0)}, ${column(labels, 1)})
    on conflict do nothing
  `)
  await db.execute(sql`
    insert into conversation_labels (conversation_id, label_id)
    select plan.id, label.id
    from plan cross join (select id, row_number() over (order by name)::int as k from labels) as label
    where pg_temp.draw(n, 50 + k, 4 * k * k) = 0
  `)
  await db.execute(sql`
    insert into saved_replies (name, body) select * from unnest(${column(replies, 0)}, ${column(replies, 1)})
    on conflict do nothing
  `)
  await db.execute(sql`
    insert into opt_outs (line_id, address, source, created_at)
    select line_id, address, 'keyword', last_at from plan where not is_group and n > 1 and ${draw(sql`n`, 70, 100)} = 0
    on conflict do nothing
  `)
  await db.execute(sql`
    insert into unreachable_addresses (address, error_code)
    select address, 30006 from plan where not is_group and n > 1 and ${draw(sql`n`, 71, 200)} = 0
    on conflict do nothing
  `)
}
