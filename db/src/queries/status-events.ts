import { sql } from 'drizzle-orm'
import { isTwilioStatus, twilioStatusRank } from '@partyline/contracts/delivery-status'
import type { StatusCallback, WebhookParams } from '@partyline/contracts/jobs'
import type { Db } from '../client.ts'
import { storableParams } from './storable.ts'

interface StatusEvent {
  message_sid: string
  status: string
  rank: number
  delivery_id: string | null
  attempt: number | null
  error_code: number | null
  params: WebhookParams
  received_at: string
}

/** Keeps callbacks, each (text, status) once. Returns the SIDs that have something new. */
export async function insertStatusEvents(db: Db, callbacks: StatusCallback[]): Promise<string[]> {
  const events = callbacks.map(toEvent).filter((event) => event !== undefined)
  const rows = await db.execute<{ message_sid: string }>(sql`
    insert into status_events
      (message_sid, status, rank, delivery_id, attempt, error_code, params, received_at)
    select distinct on (message_sid, status)
      message_sid, status, rank, delivery_id, attempt, error_code, params, received_at
    from jsonb_to_recordset(${JSON.stringify(events)}::jsonb) as given (
      message_sid text, status text, rank smallint, delivery_id uuid, attempt int, error_code int,
      params jsonb, received_at timestamptz)
    order by message_sid, status
    on conflict (message_sid, status) do nothing
    returning message_sid
  `)
  return [...new Set(rows.map((row) => row.message_sid))]
}

function toEvent({ params: given, receivedAt, deliveryId, attempt }: StatusCallback) {
  const { params } = storableParams(given)
  const read = (name: string) => {
    const value = params[name]
    return Array.isArray(value) ? value[0] : value
  }
  const sid = read('MessageSid') ?? read('SmsSid')
  const status = read('MessageStatus') ?? read('SmsStatus')
  if (!sid || !status || !isTwilioStatus(status)) return undefined
  const errorCode = Number(read('ErrorCode') ?? '')
  return {
    message_sid: sid,
    status,
    rank: twilioStatusRank[status],
    delivery_id: deliveryId,
    attempt,
    error_code: Number.isInteger(errorCode) && errorCode > 0 ? errorCode : null,
    params,
    received_at: receivedAt,
  } satisfies StatusEvent
}

/**
 * Applies what is kept of these texts: the highest-ranked status wins, whatever the order of arrival.
 * The delivery is found by the id we put into the callback's address (even before we learned the SID,
 * which is then learned from here), else by SID.
 */
export async function applyStatusEvents(db: Db, messageSids: string[]): Promise<AppliedStatuses> {
  const rows = await db.execute<AppliedRow>(sql`
    with due as (
      select message_sid, status, rank, delivery_id, attempt, error_code from status_events
      where message_sid = any(${sql.param(messageSids)}) and applied_at is null
      order by message_sid, rank
      for update
    ), best as (
      select distinct on (message_sid) due.*,
        coalesce(delivery_id, (select id from deliveries where twilio_sid = due.message_sid)) as found
      from due order by message_sid, rank desc
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
      from best
      where deliveries.id = best.found
        and (best.attempt is null or best.attempt = deliveries.attempt)
        and coalesce(deliveries.twilio_sid, best.message_sid) = best.message_sid
      returning best.message_sid, deliveries.line_id, deliveries.id, deliveries.attempt,
        deliveries.status, deliveries.error_code, old.twilio_sid is null as learned
    ), known as (
      insert into send_attempts (delivery_id, attempt, outcome, twilio_sid)
      select id, attempt, 'accepted', message_sid from moved where learned
      on conflict (delivery_id, attempt) do update
        set outcome = 'accepted', twilio_sid = excluded.twilio_sid
        where send_attempts.twilio_sid is null
    ), settled as (
      update status_events set applied_at = now() from best
      where status_events.message_sid = best.message_sid and best.found is not null
    )
    select best.message_sid, best.found is null as foreign,
      moved.line_id, moved.id, moved.status, moved.error_code
    from best left join moved using (message_sid)
  `)
  return {
    lineIds: [...new Set(rows.flatMap((row) => row.line_id ?? []))],
    foreignSids: rows.filter((row) => row.foreign).map((row) => row.message_sid),
    failures: rows.flatMap(({ id, status, error_code: errorCode }) =>
      id !== null && errorCode !== null && (status === 'failed' || status === 'undelivered')
        ? [{ id, errorCode }]
        : [],
    ),
  }
}

type AppliedRow = {
  message_sid: string
  foreign: boolean
  line_id: string | null
  id: string | null
  status: string | null
  error_code: number | null
}

export interface AppliedStatuses {
  /** Lines whose next deliveries may now go. */
  lineIds: string[]
  /** Texts we know nothing of: another program sent them from one of our numbers. */
  foreignSids: string[]
  /** Deliveries that came to a bad end just now, for a reason that may pass. */
  failures: { id: string; errorCode: number }[]
}

/** Texts with callbacks that were kept and not applied: what a lost doorbell or a crash left behind. */
export async function listWaitingStatuses(db: Db, limit: number): Promise<string[]> {
  const rows = await db.execute<{ message_sid: string }>(sql`
    select distinct message_sid from (
      select message_sid from status_events
      where applied_at is null and received_at < now() - interval '5 seconds'
      order by received_at limit ${limit}
    ) as waiting
  `)
  return rows.map((row) => row.message_sid)
}

/** Nothing here is ours: these callbacks are kept as a record and not looked at again. */
export async function closeStatusEvents(db: Db, messageSid: string): Promise<void> {
  await db.execute(sql`
    update status_events set applied_at = now()
    where message_sid = ${messageSid} and applied_at is null
  `)
}
