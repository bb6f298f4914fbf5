import { type SQL, sql } from 'drizzle-orm'
import type { StatusCallback } from '@partyline/contracts/jobs'
import type { Db } from '../client.ts'
import { statusRecords } from './status-events.ts'

export interface AppliedStatuses {
  /** Lines whose next deliveries may now go. */
  lineIds: string[]
  /** Texts we know nothing of: another program sent them from one of our numbers. */
  foreignSids: string[]
  /** Deliveries that came to a bad end just now, for a reason that may pass. */
  failures: { id: string; lineId: string; errorCode: number }[]
  /** Lines of which something arrived. */
  arrivedOn: string[]
  /** Addresses where something arrived although nothing ever should. */
  reachable: string[]
}

/**
 * Keeps callbacks, each (text, status) once, and applies those that are new, all in one statement. What
 * matches no delivery is kept for later.
 */
export async function applyCallbacks(
  db: Db,
  callbacks: StatusCallback[],
): Promise<AppliedStatuses> {
  const rows = await db.execute<AppliedRow>(sql`
    with given as (
      select distinct on (message_sid, status) given.*, ${deliveryOf(sql`given`)} as found
      from ${statusRecords(callbacks)}
      order by message_sid, status
    ), kept as (
      insert into status_events (message_sid, status, rank, delivery_id, attempt, error_code,
        params, received_at, applied_at)
      select message_sid, status, rank, delivery_id, attempt, error_code,
        params, received_at, case when found is not null then now() end
      from given
      on conflict (message_sid, status) do nothing
      returning message_sid, status
    ), best as (
      select distinct on (message_sid) given.* from given join kept using (message_sid, status)
      order by message_sid, rank desc
    ), ${moveToBest}
  `)
  return summary(rows)
}

/** Applies what was kept of these texts and could not be applied when it came. */
export async function applyStatusEvents(db: Db, messageSids: string[]): Promise<AppliedStatuses> {
  const rows = await db.execute<AppliedRow>(sql`
    with due as (
      select message_sid, status, rank, delivery_id, attempt, error_code from status_events
      where message_sid = any(${sql.param(messageSids)}) and applied_at is null
      order by message_sid, rank
      for update
    ), best as (
      select distinct on (message_sid) due.*, ${deliveryOf(sql`due`)} as found
      from due order by message_sid, rank desc
    ), settled as (
      update status_events set applied_at = now() from best
      where status_events.message_sid = best.message_sid and best.found is not null
    ), ${moveToBest}
  `)
  return summary(rows)
}

/**
 * By the id we put into the callback's address (even before we learned the SID, which is then learned
 * from here), else by SID.
 */
const deliveryOf = (event: SQL) => sql`coalesce(
  ${event}.delivery_id, (select id from deliveries where twilio_sid = ${event}.message_sid))`

/** Of two texts alike, settling by Twilio's list may have taken one for the other: it stays so. */
const isNobodys = sql`not exists (
    select from deliveries holder where holder.twilio_sid = best.message_sid
  ) and not exists (
    select from send_attempts tried
    where tried.twilio_sid = best.message_sid and tried.delivery_id <> deliveries.id
  )`

/**
 * The highest-ranked status wins, whatever the order of arrival. `best` has one row a text. Locked by id, as
 * whoever deletes a conversation does.
 */
const moveToBest = sql`
  locked as (
    select id from deliveries where id in (select found from best) order by id for update
  ), moved as (
    update deliveries set
      state = 'accepted',
      twilio_sid = best.message_sid,
      status = case when deliveries.status_rank < best.rank then best.status else deliveries.status end,
      status_rank = greatest(deliveries.status_rank, best.rank),
      error_code = case when deliveries.status_rank < best.rank
        then coalesce(best.error_code, deliveries.error_code) else deliveries.error_code end,
      cause = nullif(deliveries.cause, 'no_receipt'),
      lease_until = null,
      updated_at = now()
    from best join locked on locked.id = best.found
    where deliveries.id = locked.id
      and (best.attempt is null or best.attempt = deliveries.attempt)
      and case when deliveries.twilio_sid is null then ${isNobodys}
        else deliveries.twilio_sid = best.message_sid end
    returning best.message_sid, deliveries.line_id, deliveries.id, deliveries.attempt,
      deliveries.address, deliveries.status, best.status as said, deliveries.error_code,
      old.twilio_sid is null as learned
  ), known as (
    insert into send_attempts (delivery_id, attempt, outcome, twilio_sid)
    select id, attempt, 'accepted', message_sid from moved where learned
    on conflict (delivery_id, attempt) do update
      set outcome = 'accepted', twilio_sid = excluded.twilio_sid
      where send_attempts.twilio_sid is null
  )
  select message_sid, line_id, id, status = said and said in ('failed', 'undelivered') as failed, error_code,
    said in ('delivered', 'read') as arrived, case when said in ('delivered', 'read') then (
      select dead.address from unreachable_addresses as dead where dead.address = moved.address
    ) end as reachable
  from moved
  union all
  select message_sid, null, null, null, null, null, null from best where found is null`

type AppliedRow =
  | {
      id: string
      line_id: string
      failed: boolean
      arrived: boolean
      error_code: number | null
      reachable: string | null
    }
  | { id: null; message_sid: string }

function summary(rows: AppliedRow[]): AppliedStatuses {
  const moved = rows.filter((row) => row.id !== null)
  return {
    lineIds: [...new Set(moved.map((row) => row.line_id))],
    foreignSids: rows.flatMap((row) => (row.id === null ? row.message_sid : [])),
    failures: moved.flatMap(({ id, line_id: lineId, failed, error_code: errorCode }) =>
      failed && errorCode !== null ? [{ id, lineId, errorCode }] : [],
    ),
    arrivedOn: [...new Set(moved.flatMap((row) => (row.arrived ? row.line_id : [])))],
    reachable: [...new Set(moved.flatMap((row) => row.reachable ?? []))],
  }
}
