import { eq, sql } from 'drizzle-orm'
import type { InboundWebhook } from '@partyline/contracts/jobs'
import type { Db } from '../client.ts'
import { backfills } from '../schema/recovery.ts'
import { recordChanges } from './events.ts'
import { insertInbox } from './inbox.ts'
import { systemChanged } from './system-changed.ts'

/** One comparison with Twilio's list. */
export interface Pass {
  startedAt: Date
  /** What came in before is here already. */
  since: Date
}

/** Twilio's list may lag, and a pass may have been cut short: every pass looks at this much again. */
const overlapMinutes = 15

/** Undefined while another dispatcher has compared a moment ago. The claim is a row, so no session is held. */
export async function claimPass(
  db: Db,
  { everyMs, graceMs, atOnce }: { everyMs: number; graceMs: number; atOnce: boolean },
): Promise<Pass | undefined> {
  await db.execute(
    sql`insert into backfills (name) values ('twilio') on conflict (name) do nothing`,
  )
  const [pass] = await db.execute<{ started_at: Date | string; since: Date | string }>(sql`
    update backfills set next_at = now() + ${everyMs * 0.8} * interval '1 millisecond'
    where name = 'twilio' and (${atOnce} or next_at <= now())
    returning now() as started_at,
      greatest(watermark - ${overlapMinutes} * interval '1 minute', began_at - ${graceMs + 1_000} * interval '1 millisecond') as since
  `)
  return pass && { startedAt: new Date(pass.started_at), since: new Date(pass.since) }
}

/**
 * Only a pass that saw everything from the watermark on moves it: what is older than a shorter one is still to
 * be compared. True when that ends what was told of.
 */
export async function finishPass(db: Db, { startedAt, since }: Pass): Promise<boolean> {
  return db.transaction(async (tx) => {
    const [row] = await tx.execute<{ failures: number }>(sql`
      update backfills set watermark = greatest(watermark, ${startedAt.toISOString()}::timestamptz),
        failures = 0, failing_since = null
      where name = 'twilio' and watermark >= ${since.toISOString()}::timestamptz
      returning old.failures
    `)
    const wasTold = row !== undefined && row.failures >= tellingFailures
    if (wasTold) await recordChanges(tx, [systemChanged])
    return wasTold
  })
}

/** One that fails is no news: Twilio's list is read again in a minute. */
export const tellingFailures = 3

/**
 * Counts a pass that failed, one for each turn however many dispatchers try. True when that is to be told
 * now: texts that never reached us are not fetched.
 */
export async function failPass(db: Db, { everyMs }: { everyMs: number }): Promise<boolean> {
  return db.transaction(async (tx) => {
    const [row] = await tx.execute<{ failures: number }>(sql`
      update backfills set failures = failures + 1, failing_since = coalesce(failing_since, now())
      where name = 'twilio' and now() >= coalesce(
        failing_since + failures * ${everyMs / 2} * interval '1 millisecond', now())
      returning failures
    `)
    const isTold = row?.failures === tellingFailures
    if (isTold) await recordChanges(tx, [systemChanged])
    return isTold
  })
}

/** Of these inbound texts at Twilio, the ones that never came here. */
export async function filterMissing(db: Db, sids: string[]): Promise<Set<string>> {
  const rows = await db.execute<{ sid: string }>(sql`
    select sid from unnest(${sql.param(sids)}::text[]) as sid
    where not exists (select from inbox where message_sid = sid)
  `)
  return new Set(rows.map((row) => row.sid))
}

/** Keeps texts that never reached us, and the note that says so. Returns the SIDs that are new. */
export async function keepRecovered(
  db: Db,
  passId: string,
  webhooks: InboundWebhook[],
): Promise<Set<string>> {
  return db.transaction(async (tx) => {
    const fresh = new Set(await insertInbox(tx, webhooks, 'backfill'))
    if (fresh.size === 0) return fresh
    await tx.execute(sql`
      insert into recoveries (id, texts, first_at, last_at)
      select ${passId}, count(*), min(received_at), max(received_at)
      from inbox where message_sid = any(${sql.param([...fresh])})
      on conflict (id) do update set
        texts = recoveries.texts + excluded.texts,
        first_at = least(recoveries.first_at, excluded.first_at),
        last_at = greatest(recoveries.last_at, excluded.last_at)
    `)
    await recordChanges(tx, [systemChanged])
    return fresh
  })
}

export interface Recovered {
  texts: number
  from: Date
  to: Date
  at: Date
}

/** The latest find, while it is news. */
export async function findRecovered(db: Db): Promise<Recovered | undefined> {
  type Row = { texts: number } & Record<'first_at' | 'last_at' | 'found_at', Date | string>
  const [row] = await db.execute<Row>(sql`
    select texts, first_at, last_at, found_at from recoveries
    where found_at > now() - interval '24 hours' order by found_at desc limit 1
  `)
  if (!row) return undefined
  const { texts, first_at: from, last_at: to, found_at: at } = row
  return { texts, from: new Date(from), to: new Date(to), at: new Date(at) }
}

/** How far the comparison is, and since when texts are ours; undefined before the first one. */
export async function findWatermark(
  db: Db,
): Promise<{ watermark: Date; beganAt: Date } | undefined> {
  const [row] = await db
    .select({ watermark: backfills.watermark, beganAt: backfills.beganAt })
    .from(backfills)
    .where(eq(backfills.name, 'twilio'))
  return row
}
