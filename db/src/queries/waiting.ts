import { sql } from 'drizzle-orm'
import type { Db } from '../client.ts'

interface Waiting {
  address: string
  segmentsPerSecond: number | null
  stopped: boolean
  paused: boolean
  segmentsAhead: number
  until: Date | null
}

/** Counted no further: from here on it is a long time either way. */
const mostCounted = 20_000

/** What stands between a message and Twilio; undefined when none of it is queued. */
export async function findWaiting(db: Db, messageId: string): Promise<Waiting | undefined> {
  type Row = {
    address: string
    rate: number | null
    stopped: boolean
    paused: boolean
    ahead: number
    until: string | Date | null
  }
  const [row] = await db.execute<Row>(sql`
    with own as (
      select line_id, max(priority) as priority, max(created_at) as created_at,
        min(next_at) filter (where next_at > now() + interval '5 seconds') as until
      from deliveries where message_id = ${messageId} and state = 'queued' group by line_id
    )
    select lines.address, lines.segments_per_second as rate, exists (select from breakers) as stopped, lines.paused_at is not null as paused,
      own.until, (
        select coalesce(sum(segments), 0)::int from (
          select segments from deliveries
          where deliveries.line_id = own.line_id and state = 'queued' and next_at <= now()
            and (priority < own.priority
              or (priority = own.priority and deliveries.created_at <= own.created_at))
          limit ${mostCounted}
        ) as counted
      ) as ahead
    from own join lines on lines.id = own.line_id
  `)
  if (!row) return undefined
  const { address, rate, stopped, paused, ahead, until } = row
  return {
    ...{ address, stopped, paused, segmentsAhead: ahead, segmentsPerSecond: rate },
    until: until === null ? null : new Date(until),
  }
}
