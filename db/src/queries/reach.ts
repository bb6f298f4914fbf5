import { sql } from 'drizzle-orm'
import type { Reach } from '@partyline/contracts/api/reach'
import { countryOf } from '@partyline/contracts/country'
import { rateOf } from '@partyline/contracts/sender-rate'
import { landlineErrors } from '@partyline/contracts/twilio-errors'
import type { Db } from '../client.ts'
import { conversations } from '../schema/conversations.ts'
import { placeOf } from './places.ts'
import { visibleTo } from './visibility.ts'

const windowMs = 24 * 3_600_000

type Row = {
  line_address: string | null
  channel: string | null
  segments_per_second: number | null
  direct: boolean
  last_inbound_at: string | null
  sample: string | null
  recipients: number
  now: number
  opted_out: number
  unreachable: number
  landline: number
}

/** Undefined where there is nothing to see. One query, however many members there are. */
export async function findReach(
  db: Db,
  given: { conversationId: string; viewerId: string },
): Promise<Reach | undefined> {
  const rows = await db.execute<Row>(reachSql(given))
  const [first] = rows
  if (!first) return undefined
  const sum = (of: (row: Row) => number) => rows.reduce((total, row) => total + of(row), 0)
  return {
    recipients: sum((row) => row.recipients),
    now: sum((row) => row.now),
    optedOut: sum((row) => row.opted_out),
    unreachable: sum((row) => row.unreachable),
    landline: sum((row) => row.landline),
    countries: first.channel === 'sms' ? countriesOf(rows) : [],
    rate:
      first.line_address === null ? null : rateOf(first.line_address, first.segments_per_second),
    window:
      first.direct && (first.channel === 'whatsapp' || first.channel === 'messenger')
        ? { closesAt: closesAt(first.last_inbound_at) }
        : null,
  }
}

const reachSql = ({
  conversationId,
  viewerId,
}: {
  conversationId: string
  viewerId: string
}) => sql`
  with place as (
    select ${conversations.id}, ${conversations.kind}, ${conversations.lineId}, ${conversations.address},
      lines.address as line_address, lines.channel, lines.segments_per_second,
      case when lines.channel <> 'sms' then (
        select messages.created_at from messages
        where messages.conversation_id = ${conversations.id} and direction = 'inbound'
        order by seq desc limit 1) end as last_inbound_at
    from ${conversations} left join lines on lines.id = ${conversations.lineId}
    where ${conversations.id} = ${conversationId} and ${visibleTo(viewerId)}
  ), recipient as (
    select address from place where kind = 'direct' and address is not null
    union all
    select members.address from place join members on members.conversation_id = place.id
    where place.kind = 'group' and members.left_at is null and members.address is not null
      and not exists (select from lines where lines.address = members.address)
  ), judged as (
    select recipient.address, dead.error_code,
      exists (select from opt_outs where opt_outs.line_id = place.line_id
        and opt_outs.address = recipient.address and ended_at is null) as left_line
    from place cross join recipient
    left join unreachable_addresses as dead on dead.address = recipient.address
  ), counted as (
    select min(address) filter (where not left_line and error_code is null) as sample,
      count(*)::int as recipients,
      (count(*) filter (where not left_line and error_code is null))::int as now,
      (count(*) filter (where left_line))::int as opted_out,
      (count(*) filter (where not left_line and error_code is not null))::int as unreachable,
      (count(*) filter (where not left_line and error_code = any(${sql.param(landlineErrors)}::int[])))::int
        as landline
    from judged group by ${placeOf(sql`address`)}
  )
  select line_address, channel, segments_per_second, kind = 'direct' as direct,
    to_char(last_inbound_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as last_inbound_at,
    sample, coalesce(recipients, 0) as recipients, coalesce(now, 0) as now,
    coalesce(opted_out, 0) as opted_out, coalesce(unreachable, 0) as unreachable,
    coalesce(landline, 0) as landline
  from place left join counted on true`

function countriesOf(rows: Row[]): Reach['countries'] {
  const counts = new Map<string | null, number>()
  for (const { sample, now } of rows) {
    if (sample === null) continue
    const country = countryOf(sample) ?? null
    counts.set(country, (counts.get(country) ?? 0) + now)
  }
  return Array.from(counts, ([country, recipients]) => ({ country, recipients }))
}

function closesAt(lastInboundAt: string | null): string | null {
  return lastInboundAt && new Date(Date.parse(lastInboundAt) + windowMs).toISOString()
}
