import { sql } from 'drizzle-orm'
import type { Db } from '../client.ts'
import { tellingFailures } from './backfill.ts'

/** A line that is asked to send: who it is, and whether the account lets anything out. */
export interface Sender {
  address: string
  segmentsPerSecond: number | null
  /** How many deliveries are due, counted no further than was asked. */
  due: number
  /** `closed`: send. `open`: nothing goes. `probe`: we, alone, try one. */
  gate: 'closed' | 'open' | 'probe'
}

const probeEveryMs = 15_000

/** Undefined when there is no such line, or it is paused. */
export async function findSender(
  db: Db,
  lineId: string,
  countTo: number,
): Promise<Sender | undefined> {
  type Row = { address: string; rate: number | null; due: number; open: boolean }
  const [row] = await db.execute<Row>(sql`
    select address, segments_per_second as rate, exists (select from breakers) as open, (
      select count(*)::int from (
        select from deliveries
        where line_id = lines.id and state = 'queued' and next_at <= now() limit ${countTo}
      ) as counted
    ) as due
    from lines where id = ${lineId} and paused_at is null
  `)
  if (!row) return undefined
  // A line with nothing due would use the try up and try nothing.
  const probes = row.open && row.due > 0 && (await takeProbe(db))
  const gate = !row.open ? 'closed' : probes ? 'probe' : 'open'
  return { address: row.address, segmentsPerSecond: row.rate, due: row.due, gate }
}

export async function isDue(db: Db, lineId: string): Promise<boolean> {
  const due = await db.execute(sql`
    select from deliveries
    where line_id = ${lineId} and state = 'queued' and next_at <= now() limit 1
  `)
  return due.count > 0
}

async function takeProbe(db: Db): Promise<boolean> {
  const taken = await db.execute(sql`
    update breakers set probe_at = now() + ${probeEveryMs} * interval '1 millisecond'
    where name = 'twilio' and probe_at <= now()
  `)
  return taken.count > 0
}

/** It tried nothing: the line's rate was used up, or each of its texts waits behind one that is looked into. */
export async function giveProbeBack(db: Db): Promise<void> {
  await db.execute(sql`update breakers set probe_at = now() where name = 'twilio'`)
}

/** Twilio turns the account down, not a text: nothing fails, everything waits. True when it was fine before. */
export async function openBreaker(db: Db, errorCode: number | null): Promise<boolean> {
  const opened = await db.execute(sql`
    insert into breakers (name, error_code, probe_at)
    values ('twilio', ${errorCode}, now() + ${probeEveryMs} * interval '1 millisecond')
    on conflict (name) do nothing
  `)
  return opened.count > 0
}

/** Twilio took something again. True when it was open. */
export async function closeBreaker(db: Db): Promise<boolean> {
  const closed = await db.execute(sql`delete from breakers where name = 'twilio'`)
  return closed.count > 0
}

/** In their order of gravity. All but the last keep everything from being sent. */
const causes = ['refused', 'unread', 'ahead', 'unfetched'] as const

/** What is wrong between Twilio and us. */
export interface Trouble {
  cause: (typeof causes)[number]
  errorCode: number | null
  since: Date
}

export async function findTrouble(db: Db): Promise<Trouble | undefined> {
  type Row = { cause: Trouble['cause']; error_code: number | null; since: string | Date }
  const [row] = await db.execute<Row>(sql`
    select cause, error_code, since from (
      select case name when 'twilio' then 'refused' else name end as cause, error_code, opened_at as since
      from breakers where name in ('twilio', 'unread', 'ahead')
      union all
      select 'unfetched', null, failing_since from backfills
      where name = 'twilio' and failures >= ${tellingFailures}
    ) as troubles
    order by array_position(${sql.param([...causes])}::text[], cause) limit 1
  `)
  return row && { cause: row.cause, errorCode: row.error_code, since: new Date(row.since) }
}

/** Says that this dispatcher runs, and how many do. */
export async function beat(db: Db, dispatcherId: string): Promise<number> {
  const [row] = await db.execute<{ count: number }>(sql`
    with here as (
      insert into dispatchers (id, seen_at) values (${dispatcherId}, now())
      on conflict (id) do update set seen_at = now()
    ), gone as (
      delete from dispatchers where seen_at < now() - interval '1 hour'
    )
    select count(*)::int as count from dispatchers
    where seen_at > now() - interval '10 seconds' and id <> ${dispatcherId}
  `)
  return (row?.count ?? 0) + 1
}
