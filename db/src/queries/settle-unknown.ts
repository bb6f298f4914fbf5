import { sql } from 'drizzle-orm'
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

/** Takes those whose next look is due, and puts that look off, so that one dispatcher looks at a time. */
export async function claimUnknown(
  db: Db,
  { limit, againInMs }: { limit: number; againInMs: number },
): Promise<Unknown[]> {
  const rows = await db.execute<UnknownRow>(sql`
    with due as (
      select id from deliveries where state = 'unknown' and next_at <= now()
      order by next_at limit ${limit} for update skip locked
    ), taken as (
      update deliveries set next_at = now() + ${againInMs} * interval '1 millisecond'
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
    order by taken.attempt_at, taken.id
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

type Guard = { id: string; attempt: number }

/** Twilio has it: false when that was settled otherwise meanwhile. */
export async function bindUnknown(
  db: Db,
  { id, attempt }: Guard,
  found: { sid: string; status: string; errorCode: number | null },
): Promise<boolean> {
  const status = isTwilioStatus(found.status) ? found.status : 'queued'
  const bound = await db.execute(sql`
    with bound as (
      update deliveries set
        state = 'accepted', twilio_sid = ${found.sid}, status = ${status},
        status_rank = ${twilioStatusRank[status]}, error_code = ${found.errorCode}, updated_at = now()
      where id = ${id} and attempt = ${attempt} and state = 'unknown'
      returning id, attempt
    )
    insert into send_attempts (delivery_id, attempt, outcome, twilio_sid)
    select id, attempt, 'accepted', ${found.sid} from bound
    on conflict (delivery_id, attempt) do update
      set outcome = 'accepted', twilio_sid = excluded.twilio_sid
  `)
  return bound.count > 0
}

/** Twilio's list was read and it was not in it. */
export async function countCheck(db: Db, { id, attempt }: Guard, againInMs: number): Promise<void> {
  await db.execute(sql`
    update deliveries set checks = checks + 1, next_at = now() + ${againInMs} * interval '1 millisecond'
    where id = ${id} and attempt = ${attempt} and state = 'unknown'
  `)
}

/** Twilio does not have it: it goes out again, in its old place. */
export async function requeueUnknown(db: Db, { id, attempt }: Guard): Promise<void> {
  await db.execute(sql`
    update deliveries set
      state = 'queued', next_at = now(), checks = 0, absences = absences + 1, updated_at = now()
    where id = ${id} and attempt = ${attempt} and state = 'unknown'
  `)
}

/** The evidence does not settle it: a person decides. Its lane goes on. */
export async function setReview(
  db: Db,
  { id, attempt }: Guard,
  cause: 'unsettled' | 'absent_twice' | 'policy_hold',
): Promise<void> {
  await db.execute(sql`
    update deliveries set state = 'review', cause = ${cause}, updated_at = now()
    where id = ${id} and attempt = ${attempt} and state = 'unknown'
  `)
}
