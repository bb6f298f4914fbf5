import { type SQL, sql } from 'drizzle-orm'
import type { Figures } from '@partyline/contracts/api/statistics'
import type { Db } from '../client.ts'
import { calendarDays } from './calendar-days.ts'
import { hourMs } from './count-hour.ts'

interface Range {
  from: Date
  to: Date
  lineId?: string | undefined
}

type Row = Omit<Figures, 'medianAnswerSeconds'> & { median: number | null; key: string | null }

export async function sumHours(db: Db, range: Range): Promise<Figures> {
  const [row] = await sum(db, range, sql`null`)
  return row ? toFigures(row) : nothing
}

const nothing: Figures = {
  ...{ inbound: 0, outbound: 0, delivered: 0, failed: 0, answers: 0 },
  medianAnswerSeconds: null,
}

export async function sumByLine(db: Db, range: Range): Promise<(Figures & { lineId: string })[]> {
  const rows = await sum(db, range, sql`line_id`)
  return rows.map((row) => ({ ...toFigures(row), lineId: row.key ?? '' }))
}

/** By the hour, or by the day of a time zone; where nothing happened there is no bucket. */
export async function sumByTime(
  db: Db,
  range: Range,
  { by, timeZone }: { by: 'hour' | 'day'; timeZone: string },
): Promise<(Figures & { at: string })[]> {
  const key = by === 'hour' ? sql`hour` : beginOfDay(range, timeZone)
  const rows = await sum(db, range, sql`extract(epoch from ${key})`)
  return rows
    .map((row) => ({ ...toFigures(row), at: new Date(Number(row.key) * 1_000).toISOString() }))
    .sort((a, b) => a.at.localeCompare(b.at))
}

/** The day that an hour begins in; the first one may begin before the range does. */
function beginOfDay({ from, to }: Range, timeZone: string): SQL {
  const days = calendarDays(timeZone, new Date(from.getTime() - hourMs), to)
  const begins = sql`${sql.param(days.map((day) => day.begins.toISOString()))}::text[]::timestamptz[]`
  return sql`(${begins})[width_bucket(hour, ${begins})]`
}

/**
 * Hours are the smallest there is: one that the range covers in part counts by that part, so that this
 * morning can be compared with that of yesterday.
 */
async function sum(db: Db, { from, to, lineId }: Range, key: SQL): Promise<Row[]> {
  const [start, end] = [from, to].map((at) => sql`${at.toISOString()}::timestamptz`)
  const part = sql`extract(epoch from
    least(hour + interval '1 hour', ${end}) - greatest(hour, ${start})) / 3600`
  const counted = ['inbound', 'outbound', 'delivered', 'failed'].map(
    (name) => sql`round(sum(${sql.identifier(name)} * part))::int as ${sql.identifier(name)}`,
  )
  return db.execute<Row & Record<string, unknown>>(sql`
    with hours as (
      select *, ${part} as part, (${key})::text as key from line_hours
      where hour > ${new Date(from.getTime() - hourMs).toISOString()}::timestamptz and hour < ${end}
        and ${lineId === undefined ? sql`true` : sql`line_id = ${lineId}`}
    ), waits as (
      select key, count(*)::int as answers,
        percentile_disc(0.5) within group (order by seconds) as median
      from hours cross join unnest(answer_seconds) as seconds group by key
    ), sums as (
      select key, ${sql.join(counted, sql`, `)} from hours group by key
    )
    select sums.*, coalesce(waits.answers, 0) as answers, waits.median
    from sums left join waits on waits.key is not distinct from sums.key
  `)
}

function toFigures({ inbound, outbound, delivered, failed, answers, median }: Row): Figures {
  return { inbound, outbound, delivered, failed, answers, medianAnswerSeconds: median }
}
