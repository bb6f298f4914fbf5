import { sql } from 'drizzle-orm'
import { backlogCountedAtMost } from '@partyline/contracts/api/statistics'
import type { Db } from '../client.ts'

/** What a line could have sent already and has not. */
export interface Backlog {
  lineId: string
  address: string
  segmentsPerSecond: number | null
  /** Counted up to `backlogCountedAtMost`, as their segments are. */
  texts: number
  segments: number
  oldestAt: Date
}

/** What goes out sooner is only on its way: a list of it would flicker with every text. */
const afterSeconds = 10
const mostLines = 50

/** The oldest of both priorities: asked for each by itself, it is one look into `deliveries_due`. */
const oldestDue = sql`
  select min(first.next_at) as at from (values (0::smallint), (1::smallint)) as ranks (priority)
  cross join lateral (
    select next_at from deliveries
    where line_id = lines.id and state = 'queued' and priority = ranks.priority
      and next_at <= now() - ${afterSeconds} * interval '1 second'
    order by next_at limit 1
  ) as first
`

/** Lines that are behind, the one whose text has waited longest first. */
export async function listBacklog(db: Db): Promise<Backlog[]> {
  type Row = Omit<Backlog, 'oldestAt'> & { oldestAt: string | Date }
  const rows = await db.execute<Row & Record<string, unknown>>(sql`
    select lines.id as "lineId", lines.address, lines.segments_per_second as "segmentsPerSecond",
      counted.texts, counted.segments, oldest.at as "oldestAt"
    from lines cross join lateral (${oldestDue}) as oldest cross join lateral (
      select count(*)::int as texts, coalesce(sum(segments), 0)::int as segments from (
        select segments from deliveries
        where line_id = lines.id and state = 'queued' and next_at <= now()
        limit ${backlogCountedAtMost}
      ) as due
    ) as counted
    where oldest.at is not null
    order by oldest.at limit ${mostLines}
  `)
  return rows.map((row) => ({ ...row, oldestAt: new Date(row.oldestAt) }))
}
