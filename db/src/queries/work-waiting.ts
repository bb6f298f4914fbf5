import { sql } from 'drizzle-orm'
import type { ReviewCause } from '@partyline/contracts/delivery-causes'
import type { Db } from '../client.ts'
import { readWithin } from '../read-within.ts'
import { maxAttempts } from './inbox.ts'

/** What one line has still to send. */
export interface LineWork {
  id: string
  name: string
  address: string
  segmentsPerSecond: number | null
  queued: number
  /** How long the oldest of them could have been sent already, in seconds; 0 when none is due. */
  dueAge: number
}

/** What waits, by the clock of Postgres. Ages are in seconds, and 0 when there is nothing. */
export interface WorkWaiting {
  /** Texts that were kept and not yet taken in, those that were given up aside. */
  inbox: number
  inboxAge: number
  deadLetters: number
  /** Of all lines. */
  queued: number
  dueAge: number
  sending: number
  unknown: number
  unknownAge: number
  review: Partial<Record<ReviewCause, number>>
  breakers: string[]
  dispatchers: number
  /** Comparisons with Twilio's list: how long ago the last one was that saw everything, how many failed since. */
  backfillAge: number
  backfillFailures: number
  /** Those with the most to send, no more than were asked for. */
  lines: LineWork[]
}

/** Everything that waits, in one statement. The ages of what is due are read from an index, whatever the backlog. */
export async function readWorkWaiting(
  db: Db,
  { mostLines, timeoutMs }: { mostLines: number; timeoutMs: number },
): Promise<WorkWaiting> {
  const [row] = await readWithin(db, timeoutMs, (tx) =>
    tx.execute<WorkWaiting & Record<string, unknown>>(workSql(mostLines)),
  )
  if (!row) throw new Error('Postgres did not say what waits')
  return row
}

const ageOf = (at: ReturnType<typeof sql>) =>
  sql`coalesce(greatest(extract(epoch from now() - ${at}), 0), 0)::float8`

/** Both priorities are in `deliveries_due`; asked for each by itself, the first of it is one look. */
const dueSince = sql`(
  select min(first.next_at) from (values (0::smallint), (1::smallint)) as ranks (priority)
  cross join lateral (
    select next_at from deliveries
    where line_id = lines.id and state = 'queued' and priority = ranks.priority and next_at <= now()
    order by next_at limit 1
  ) as first
)`

const workSql = (mostLines: number) => sql`
  with queued as (
    select line_id, count(*)::int as deliveries from deliveries where state = 'queued' group by line_id
  ), lines_due as (
    select lines.id, lines.name, lines.address, lines.segments_per_second,
      coalesce(queued.deliveries, 0) as queued, ${ageOf(dueSince)} as due_age
    from lines left join queued on queued.line_id = lines.id
  ), waiting as (
    select count(*) filter (where attempts < ${maxAttempts})::int as texts,
      count(*) filter (where attempts >= ${maxAttempts})::int as dead,
      min(received_at) filter (where attempts < ${maxAttempts}) as oldest
    from inbox where processed_at is null
  ), unclear as (
    select count(*)::int as deliveries, min(attempt_at) as oldest from deliveries where state = 'unknown'
  ), backfill as (
    select watermark, failures from backfills where name = 'twilio'
  )
  select
    waiting.texts as inbox, ${ageOf(sql`waiting.oldest`)} as "inboxAge", waiting.dead as "deadLetters",
    (select coalesce(sum(deliveries), 0)::int from queued) as queued,
    (select coalesce(max(due_age), 0) from lines_due) as "dueAge",
    (select count(*)::int from deliveries where state = 'sending') as sending,
    unclear.deliveries as unknown, ${ageOf(sql`unclear.oldest`)} as "unknownAge",
    (select coalesce(jsonb_object_agg(cause, deliveries), '{}') from (
      select coalesce(cause, 'unsettled') as cause, count(*) as deliveries from deliveries
      where state = 'review' group by 1
    ) as held) as review,
    (select coalesce(jsonb_agg(name), '[]') from breakers) as breakers,
    (select count(*)::int from dispatchers where seen_at > now() - interval '10 seconds') as dispatchers,
    ${ageOf(sql`(select watermark from backfill)`)} as "backfillAge",
    coalesce((select failures from backfill), 0) as "backfillFailures",
    (select coalesce(jsonb_agg(jsonb_build_object('id', id, 'name', name, 'address', address,
      'segmentsPerSecond', segments_per_second, 'queued', queued, 'dueAge', due_age)), '[]')
      from (select * from lines_due order by queued desc, id limit ${mostLines}) as busiest) as lines
  from waiting, unclear
`
