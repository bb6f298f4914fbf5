import { sql } from 'drizzle-orm'
import type { Figures } from '@partyline/contracts/api/statistics'
import type { Db } from '../client.ts'
import { calendarDays } from './calendar-days.ts'
import { hourMs } from './count-hour.ts'
import { countSeconds, medianSeconds, readSeconds } from './median-seconds.ts'

interface Range {
  from: Date
  to: Date
  lineId?: string | undefined
}

/** Undefined: all of it is one. */
type Buckets = { by: 'day'; timeZone: string } | { by: 'hour' } | undefined

const counted = ['inbound', 'outbound', 'delivered', 'failed'] as const

type Row = Record<(typeof counted)[number], number> & {
  /** Seconds since 1970. */
  at: number
  lineId: string
  seconds: Uint32Array
}

export async function sumHours(db: Db, range: Range): Promise<Figures> {
  return figuresOf(await read(db, range, undefined))
}

/** By the hour, or by the day of a time zone; where nothing happened there is no bucket. */
export async function sumByTime(
  db: Db,
  range: Range,
  { by, timeZone }: { by: 'hour' | 'day'; timeZone: string },
) {
  const rows = await read(db, range, { by, timeZone })
  const buckets = Array.from(
    Map.groupBy(rows, ({ at }) => at),
    ([at, these]) => ({
      ...figuresOf(these),
      at: new Date(at * 1_000).toISOString(),
    }),
  )
  const lines = Array.from(
    Map.groupBy(rows, (row) => row.lineId),
    ([lineId, these]) => ({
      ...figuresOf(these),
      lineId,
    }),
  )
  return {
    buckets: buckets.sort((a, b) => a.at.localeCompare(b.at)),
    lines,
    total: figuresOf(rows),
  }
}

/**
 * Hours are the smallest there is: one that the range covers in part counts by that part, so that this
 * morning can be compared with that of yesterday. Of the hour that is going on there is only what is past,
 * so a range until now covers all of it. Bucket by bucket, each a stretch of the primary key, so that
 * Postgres never has to sort what a year holds.
 */
async function read(db: Db, { from, to, lineId }: Range, buckets: Buckets): Promise<Row[]> {
  const firstHour = new Date(from.getTime() - (from.getTime() % hourMs))
  const [start, end, first, lastWhole] = [from, to, firstHour, new Date(to.getTime() - hourMs)].map(
    (at) => sql`${at.toISOString()}::timestamptz`,
  )
  const begins = beginsOf(firstHour, to, buckets).map((at) => at.toISOString())
  const sums = counted.map(
    (name) => sql`sum(${sql.identifier(name)} * part) as ${sql.identifier(name)}`,
  )
  const rows = await db.execute<Omit<Row, 'seconds'> & { seconds: Uint8Array }>(sql`
    select extract(epoch from bucket.since)::float8 as at, counted.* from (
      select since, lead(since, 1, 'infinity') over (order by since) as until
      from unnest(${sql.param(begins)}::text[]::timestamptz[]) as since
    ) as bucket cross join lateral (
      select line_id as "lineId", ${sql.join(sums, sql`, `)}, string_agg(answer_seconds, '') as seconds
      from line_hours cross join lateral (
        select case when hour >= ${start} and hour <= ${lastWhole} then 1
          else least(1, extract(epoch
            from least(hour + interval '1 hour', ${end}) - greatest(hour, ${start}))
            / greatest(1, extract(epoch from least(hour + interval '1 hour', now()) - hour)))::float8
          end as part
      ) as covered
      where hour >= greatest(since, ${first}) and hour < least(until, ${end})
        and ${lineId === undefined ? sql`true` : sql`line_id = ${lineId}`}
      group by line_id
    ) as counted
  `)
  return rows.map((row) => ({ ...row, seconds: readSeconds(row.seconds) }))
}

/** By our own calendar: Postgres may not know a zone by the name that a browser has for it. */
function beginsOf(first: Date, to: Date, buckets: Buckets): Date[] {
  if (buckets === undefined) return [first]
  if (buckets.by === 'day') {
    return calendarDays(buckets.timeZone, first, to).map(({ begins }) => begins)
  }
  const hours = Math.ceil((to.getTime() - first.getTime()) / hourMs)
  return Array.from({ length: hours }, (_, hour) => new Date(first.getTime() + hour * hourMs))
}

function figuresOf(rows: readonly Row[]): Figures {
  const sum = (name: (typeof counted)[number]) =>
    Math.round(rows.reduce((total, row) => total + row[name], 0))
  const seconds = rows.map((row) => row.seconds)
  return {
    ...{ inbound: sum('inbound'), outbound: sum('outbound') },
    ...{ delivered: sum('delivered'), failed: sum('failed') },
    ...{ answers: countSeconds(seconds), medianAnswerSeconds: medianSeconds(seconds) },
  }
}
