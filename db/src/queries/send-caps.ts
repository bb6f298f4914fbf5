import { sql } from 'drizzle-orm'
import { AppError } from '@partyline/contracts/errors'
import { askToRaise, type SendLimits } from '@partyline/contracts/send-limits'
import type { Db } from '../client.ts'

/** What a message counts against, and who has it sent; null: it is passed on, and nobody is to blame. */
export interface Counting {
  caps: Pick<SendLimits, 'perUser' | 'perAccount'>
  userId: string | null
}

interface Sent {
  conversationId: string
  segments: number
}

const today = sql`(now() at time zone 'utc')::date`
/** Texts that are passed on are counted in so many rows, by conversation, so that they do not queue for one. */
const shares = 64
/** So near to the account's cap one counts at a time, and nobody passes it together with another. */
const nearness = 10_000

/**
 * Counts what is about to be sent today. A user who would pass a cap gets an error, and nothing happened.
 * False for what is passed on: it must not go out now.
 */
export async function countSend(
  tx: Db,
  { caps, userId }: Counting,
  { conversationId, segments }: Sent,
): Promise<boolean> {
  if (segments === 0 || (caps.perUser === Infinity && caps.perAccount === Infinity)) return true
  const counter =
    userId === null
      ? sql`'share ' || abs(hashtext(${conversationId}) % ${shares}::int)`
      : sql`${userId}`
  const { own, all } = await count(tx, counter, segments)
  // Exact: a user's row is ours until this transaction ends.
  if (userId !== null && own > caps.perUser) throw perUserReached(caps.perUser, own - segments)
  if (userId === null && all + nearness <= caps.perAccount) return true

  await tx.execute(sql`select pg_advisory_xact_lock(hashtext('partyline.send-cap'))`)
  const total = await countedToday(tx)
  if (total <= caps.perAccount) return true
  if (userId !== null) throw perAccountReached(caps.perAccount)
  await count(tx, counter, -segments)
  return false
}

/** What was just addressed waits for a person, and nobody's text is lost. */
export async function holdForReview(tx: Db, messageId: string): Promise<void> {
  await tx.execute(sql`
    update deliveries set state = 'review', cause = 'send_cap', updated_at = now()
    where message_id = ${messageId} and state = 'queued'
  `)
}

async function count(tx: Db, counter: ReturnType<typeof sql>, segments: number) {
  const [row] = await tx.execute<{ own: number; all: number }>(sql`
    with counted as (
      insert into send_counts (day, counter, segments) values (${today}, ${counter}, ${segments})
      on conflict (day, counter) do update set segments = send_counts.segments + excluded.segments
      returning counter, segments
    )
    select counted.segments::float8 as own, counted.segments + (
      select coalesce(sum(send_counts.segments), 0) from send_counts
      where send_counts.day = ${today} and send_counts.counter <> counted.counter
    )::float8 as all
    from counted
  `)
  if (!row) throw new Error('upsert returned no row')
  return row
}

async function countedToday(tx: Db): Promise<number> {
  const [row] = await tx.execute<{ total: number }>(
    sql`select coalesce(sum(segments), 0)::float8 as total from send_counts where day = ${today}`,
  )
  return row?.total ?? 0
}

const wayOut = `Send it after midnight UTC, or ${askToRaise}.`

function perUserReached(cap: number, used: number): AppError {
  return new AppError(
    'send_cap_reached',
    `You have sent ${used} of the ${cap} segments that one user may send in a day, and this would be more. ${wayOut}`,
  )
}

function perAccountReached(cap: number): AppError {
  return new AppError(
    'send_cap_reached',
    `This would be more than the ${cap} segments that may be sent in a day altogether. ${wayOut}`,
  )
}
