import { sql } from 'drizzle-orm'
import type { ReviewCause } from '@partyline/contracts/delivery-causes'
import { phoneText, splitText } from '@partyline/contracts/phone-text'
import { isTwilioStatus, twilioStatusRank } from '@partyline/contracts/delivery-status'
import type { Db } from '../client.ts'
import type { MessageRow } from '../schema/messages.ts'

/** A delivery that Twilio may or may not have. */
export interface Unknown {
  id: string
  attempt: number
  lineId: string
  from: string
  to: string
  body: string
  /** How long ago Twilio was asked to send it. */
  ageMs: number
  attemptAt: Date
  checks: number
  absences: number
}

/** The more there are, the longer it takes to look at them all. */
const lookMs = 10

/**
 * Takes those whose next look is due, the oldest first, and puts that look off, so that one dispatcher looks
 * at a time.
 */
export async function claimUnknown(
  db: Db,
  { limit, againInMs }: { limit: number; againInMs: number },
): Promise<Unknown[]> {
  const rows = await db.execute<UnknownRow>(sql`
    with due as (
      select id from deliveries where state = 'unknown' and next_at <= now()
      order by next_at, attempt_at, seq, part limit ${limit} for update skip locked
    ), taken as (
      update deliveries set next_at = now()
        + greatest(${againInMs}, ${lookMs} * (select count(*) from due)) * interval '1 millisecond'
      from due where deliveries.id = due.id
      returning deliveries.*
    )
    select taken.id, taken.attempt, taken.line_id, lines.address as from_address, taken.address,
      taken.part, taken.checks, taken.absences, taken.attempt_at,
      extract(epoch from now() - taken.attempt_at)::float8 * 1000 as age_ms,
      conversations.kind = 'group' as in_group, messages.kind, messages.author_name, messages.body
    from taken
    join lines on lines.id = taken.line_id
    join messages on messages.id = taken.message_id
    join conversations on conversations.id = taken.conversation_id
    order by taken.attempt_at, taken.seq, taken.part, taken.id
  `)
  return rows.map(toUnknown)
}

type UnknownRow = {
  id: string
  attempt: number
  line_id: string
  from_address: string
  address: string
  part: number
  checks: number
  absences: number
  attempt_at: Date | string
  age_ms: number
  in_group: boolean
  kind: MessageRow['kind']
  author_name: string
  body: string
}

function toUnknown(row: UnknownRow): Unknown {
  const { in_group: inGroup, kind, author_name: authorName, body } = row
  const text = phoneText({ inGroup, kind, authorName, body })
  return {
    id: row.id,
    attempt: row.attempt,
    lineId: row.line_id,
    from: row.from_address,
    to: row.address,
    body: splitText(text)[row.part - 1] ?? '',
    ageMs: row.age_ms,
    attemptAt: new Date(row.attempt_at),
    checks: row.checks,
    absences: row.absences,
  }
}

/** Of these texts at Twilio, the ones that no delivery and no message of ours is known to be. */
export async function filterUnbound(db: Db, sids: string[]): Promise<Set<string>> {
  const rows = await db.execute<{ sid: string }>(sql`
    select sid from unnest(${sql.param(sids)}::text[]) as sid
    where not exists (select from deliveries where twilio_sid = sid)
      and not exists (select from send_attempts where twilio_sid = sid)
      and not exists (select from messages where twilio_sid = sid)
  `)
  return new Set(rows.map((row) => row.sid))
}

/** What was found out about a delivery; it counts only while that one is as it was then. */
type Settled<Found = unknown> = { id: string; attempt: number } & Found

/** The rows of a statement that settles many, and the condition that they are still in doubt. */
const given = (settled: Settled[]) => sql`
  jsonb_to_recordset(${JSON.stringify(settled)}::jsonb) as given (
    id uuid, attempt int, sid text, status text, rank smallint, "errorCode" int, "inMs" float8, read boolean, cause text)
  where deliveries.id = given.id
    and deliveries.id = any(${sql.param(settled.map(({ id }) => id))}::uuid[])
    and deliveries.attempt = given.attempt and deliveries.state = 'unknown'`

/** Twilio has them. Whatever was settled otherwise meanwhile stays so. */
export async function bindUnknown(
  db: Db,
  found: Settled<{ sid: string; status: string; errorCode: number | null }>[],
): Promise<void> {
  if (found.length === 0) return
  const ranked = found.map(({ id, attempt, sid, errorCode, ...text }) => {
    const status = isTwilioStatus(text.status) ? text.status : 'queued'
    return { id, attempt, sid, errorCode, status, rank: twilioStatusRank[status] }
  })
  await db.execute(sql`
    with bound as (
      update deliveries set
        state = 'accepted', twilio_sid = given.sid, status = given.status,
        status_rank = given.rank, error_code = given."errorCode", updated_at = now()
      from ${given(ranked)}
        and not exists (select from deliveries taken where taken.twilio_sid = given.sid)
      returning deliveries.id, deliveries.attempt, deliveries.twilio_sid
    )
    insert into send_attempts (delivery_id, attempt, outcome, twilio_sid)
    select id, attempt, 'accepted', twilio_sid from bound
    on conflict (delivery_id, attempt) do update
      set outcome = 'accepted', twilio_sid = excluded.twilio_sid
  `)
}

/** They are looked for again; `read`: Twilio's list was read, and they were not in it. */
export async function lookAgain(
  db: Db,
  unsettled: Settled<{ inMs: number; read: boolean }>[],
): Promise<void> {
  if (unsettled.length === 0) return
  await db.execute(sql`
    update deliveries set checks = checks + given.read::int,
      next_at = now() + given."inMs" * interval '1 millisecond'
    from ${given(unsettled)}
  `)
}

/** Twilio does not have them: they go out again, in their old places. */
export async function requeueUnknown(db: Db, absent: Settled[]): Promise<void> {
  if (absent.length === 0) return
  await db.execute(sql`
    update deliveries set
      state = 'queued', next_at = now(), checks = 0, absences = absences + 1, updated_at = now()
    from ${given(absent)}
  `)
}

/** The evidence does not settle them: a person decides. Their lanes go on. */
export async function setReview(db: Db, unclear: Settled<{ cause: ReviewCause }>[]): Promise<void> {
  if (unclear.length === 0) return
  await db.execute(sql`
    update deliveries set state = 'review', cause = given.cause, updated_at = now()
    from ${given(unclear)}
  `)
}
