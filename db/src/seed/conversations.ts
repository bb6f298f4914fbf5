import { sql } from 'drizzle-orm'
import type { Db } from '../client.ts'
import { draw } from './draw.ts'

/** Each conversation on a line of its channel, each group on a line of its own. */
export async function giveLines(db: Db): Promise<void> {
  await db.execute(sql`alter table plan add column line_id uuid, add column address text`)
  await db.execute(sql`
    update plan set line_id = inbox.id, address = people.address
    from people join (
      select id, channel, row_number() over (partition by channel order by address) - 1 as k,
        count(*) over (partition by channel)::int as of
      from lines where mode = 'inbox' and address ~ '(^|:)(\\+1212555010|102030405060)'
    ) as inbox on inbox.channel::text = people.channel and inbox.k = ${draw(sql`people.n`, 40, sql`of`)}
    where people.n = plan.n and not is_group
  `)
  await db.execute(sql`
    update plan set line_id = line.id
    from (select n, row_number() over (order by n) as k from plan where is_group) as grouped
      join (select id, row_number() over (order by address) as k from lines where address like '+16465551___') as line
      using (k)
    where grouped.n = plan.n
  `)
}

/** After their messages, whose last each of them shows. */
export async function seedConversations(db: Db): Promise<void> {
  await db.execute(sql`
    insert into conversations (id, kind, line_id, contact_id, address, name, status, assignee_id, snoozed_until,
      waiting_since, last_seq, inbound_count, read_count, last_message_at, last_message_id, last_direction,
      last_author_name, last_preview, created_at)
    select plan.id, (case when is_group then 'group' else 'direct' end)::conversation_kind, line_id,
      case when not is_group then seats.contact_id end, plan.address,
      case when is_group then case when people > 100 then 'Everybody' else 'Team ' || plan.n % 1000 end end,
      plan.status::conversation_status, staff.id,
      case when plan.status = 'snoozed' then now() + (1 + ${draw(sql`plan.n`, 41, 150)}) * interval '1 hour' end,
      case when last.direction = 'inbound' and plan.status <> 'closed' then last.created_at end,
      texts, inbound, inbound - case when plan.status = 'open' and last.direction = 'inbound' and ${draw(sql`plan.n`, 42, 3)} = 0
        then least(inbound, 1 + ${draw(sql`plan.n`, 43, 4)}) else 0 end,
      last.created_at, last.id, last.direction::text, last.author_name, left(last.body, 140), first.created_at
    from plan
      join sizes using (n)
      join seats on seats.n = plan.n and seats.k = 1
      left join staff on staff.k = plan.assignee
      join messages as last on last.conversation_id = plan.id and last.seq = texts
      join messages as first on first.conversation_id = plan.id and first.seq = 1
      join (
        select conversation_id, count(*) filter (where direction = 'inbound') as inbound from messages group by conversation_id
      ) as counted on counted.conversation_id = plan.id
  `)
}

/** Before the deliveries to them. */
export async function seedMembers(db: Db): Promise<void> {
  await db.execute(sql`insert into groups (conversation_id) select id from plan where is_group`)
  await db.execute(sql`
    insert into members (conversation_id, kind, contact_id, name, address, joined_at)
    select plan.id, 'contact', seats.contact_id, seats.name, seats.address, last_at - interval '200 days'
    from plan join seats using (n) where is_group
  `)
}
