import { type SQL, sql } from 'drizzle-orm'
import { isTwilioStatus, twilioStatusRank } from '@partyline/contracts/delivery-status'
import type { StatusCallback, WebhookParams } from '@partyline/contracts/jobs'
import type { Db } from '../client.ts'
import type { StatusEventRow } from '../schema/deliveries.ts'
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

/** Keeps statuses, each (text, status) once. Returns the SIDs that have something new. */
export async function insertStatusEvents(
  db: Db,
  statuses: StatusCallback[],
  source: StatusEventRow['source'] = 'callback',
): Promise<string[]> {
  const rows = await db.execute<{ message_sid: string }>(sql`
    insert into status_events
      (message_sid, status, rank, delivery_id, attempt, error_code, params, received_at, source)
    select distinct on (message_sid, status) given.*, ${source}::text
    from ${statusRecords(statuses)}
    order by message_sid, status
    on conflict (message_sid, status) do ${source === 'asked' ? takeOver : sql`nothing`}
    returning message_sid
  `)
  return [...new Set(rows.map((row) => row.message_sid))]
}

/**
 * The callback came, and named another delivery: of two texts alike, settling by Twilio's list had taken one for
 * the other. Whoever asks about a SID knows whose it is now.
 */
const takeOver = sql`
  update set delivery_id = excluded.delivery_id, attempt = excluded.attempt, applied_at = null
  where status_events.applied_at is not null
    and status_events.delivery_id is distinct from excluded.delivery_id`

/** Callbacks as a table `given` to select from, in the order of the columns of status_events. */
export function statusRecords(callbacks: StatusCallback[]): SQL {
  const events = callbacks.map(toEvent).filter((event) => event !== undefined)
  return sql`jsonb_to_recordset(${JSON.stringify(events)}::jsonb) as given (
    message_sid text, status text, rank smallint, delivery_id uuid, attempt int, error_code int,
    params jsonb, received_at timestamptz)`
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
