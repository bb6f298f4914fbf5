import { sql } from 'drizzle-orm'
import type { DeliveryCause } from '@partyline/contracts/delivery-causes'
import { twilioStatusRank, type TwilioStatus } from '@partyline/contracts/delivery-status'
import type { Db } from '../client.ts'

/** What became of one claim. */
export type Result = { id: string; attempt: number } & (
  | { state: 'accepted'; twilioSid: string; status: TwilioStatus; errorCode: number | null }
  | { state: 'failed'; errorCode: number | null; cause?: DeliveryCause }
  | { state: 'queued'; retryInMs: number; errorCode: number | null }
  | { state: 'unknown'; lookInMs: number }
)

/**
 * Records what Twilio answered, in one statement; meant for the sending pool. A result counts only while its claim is current; a
 * callback that was faster than the answer has settled the delivery already and is left alone. A yes that
 * comes so late that the delivery was given up as absent still keeps it from going out again.
 */
export async function recordResults(db: Db, results: Result[]): Promise<void> {
  if (results.length === 0) return
  const rows = results.map((result) => ({
    id: result.id,
    attempt: result.attempt,
    state: result.state,
    sid: result.state === 'accepted' ? result.twilioSid : null,
    status: result.state === 'accepted' ? result.status : null,
    rank: result.state === 'accepted' ? twilioStatusRank[result.status] : 0,
    cause: result.state === 'failed' ? (result.cause ?? null) : null,
    error_code: result.state === 'unknown' ? null : result.errorCode,
    retry_in_ms:
      result.state === 'queued'
        ? result.retryInMs
        : result.state === 'unknown'
          ? result.lookInMs
          : 0,
  }))
  await db.execute(sql`
    with given as (
      select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as given (
        id uuid, attempt int, state text, sid text, status text, rank smallint,
        error_code int, cause text, retry_in_ms int)
    ), tried as (
      insert into send_attempts
        (delivery_id, attempt, outcome, twilio_sid, error_code, claimed_at)
      select given.id, given.attempt, given.state, given.sid, given.error_code,
        case deliveries.attempt when given.attempt then deliveries.attempt_at end
      from given join deliveries on deliveries.id = given.id
      on conflict (delivery_id, attempt) do update
        set outcome = excluded.outcome,
          twilio_sid = coalesce(send_attempts.twilio_sid, excluded.twilio_sid)
    )
    update deliveries set
      state = given.state::delivery_state,
      twilio_sid = given.sid,
      status = given.status,
      status_rank = given.rank,
      error_code = given.error_code,
      cause = coalesce(given.cause, deliveries.cause),
      next_at = now() + given.retry_in_ms * interval '1 millisecond',
      lease_until = null,
      updated_at = now()
    from given
    where deliveries.id = given.id
      and deliveries.attempt = given.attempt
      and (deliveries.state in ('sending', 'unknown')
        or (given.state = 'accepted' and deliveries.state in ('queued', 'review')))
  `)
}

/** Remembers, from Twilio's refusals, who must not be texted from which line. */
export async function learnOptOuts(db: Db, deliveryIds: string[]): Promise<void> {
  if (deliveryIds.length === 0) return
  await db.execute(sql`
    with began as (
      insert into opt_outs (line_id, address, source)
      select distinct line_id, address, 'twilio' from deliveries
      where id = any(${sql.param(deliveryIds)}::uuid[])
      on conflict (line_id, address) where ended_at is null do nothing
      returning line_id, address, source
    )
    insert into audit (action, subject, details)
    select 'opt_out.began', address, jsonb_build_object('lineId', line_id, 'source', source) from began
  `)
}

/**
 * A claim whose time is up belonged to a process that died or froze: Twilio may or may not have the
 * text, so it is not sent again. Returns how many.
 */
export async function expireClaims(db: Db): Promise<number> {
  const expired = await db.execute(sql`
    update deliveries set state = 'unknown', lease_until = null, next_at = now(), updated_at = now()
    where state = 'sending' and lease_until < now()
  `)
  return expired.count
}

/** Lines that have something due and may send, announced or not, and for how long it has been, in ms. */
export async function listDueLines(db: Db): Promise<{ id: string; overdue: number }[]> {
  const rows = await db.execute<{ id: string; overdue: number }>(sql`
    select lines.id, extract(epoch from now() - due.since)::float8 * 1000 as overdue
    from lines cross join lateral (
      select min(next_at) as since from deliveries
      where deliveries.line_id = lines.id and state = 'queued' and next_at <= now()
    ) as due
    where due.since is not null and lines.paused_at is null
  `)
  return [...rows]
}
