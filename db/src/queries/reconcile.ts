import { sql } from 'drizzle-orm'
import type { Db } from '../client.ts'
import { recordChanges } from './events.ts'
import { systemChanged } from './system-changed.ts'

/** Longer than between two heartbeats: no dispatcher has run on this database for a while. */
const silenceSeconds = 30

/**
 * Before the first heartbeat: when this database was silent for a while, it may be an old copy that was
 * put back. Until that is known nothing is sent, by any dispatcher.
 */
export async function holdAfterSilence(db: Db): Promise<void> {
  await db.execute(sql`
    with silent as (
      select max(seen_at) as since from dispatchers
      having max(seen_at) < now() - ${silenceSeconds} * interval '1 second'
    ), held as (
      insert into breakers (name, probe_at) select 'reconcile', 'infinity' from silent
      on conflict (name) do nothing
    )
    insert into backfills (name, watermark) select 'reconcile', since from silent
    on conflict (name) do nothing
  `)
}

export interface Silence {
  /** Since when this database knows nothing. */
  since: Date
  /** Since when nothing is sent because of it, and how long that is by now. */
  heldAt: Date
  heldMs: number
}

/** Undefined when nothing is held. */
export async function findSilence(db: Db): Promise<Silence | undefined> {
  type Row = Record<'watermark' | 'began_at', Date | string> & { held_ms: number }
  const [row] = await db.execute<Row>(sql`
    select watermark, began_at, extract(epoch from now() - began_at)::float8 * 1000 as held_ms
    from backfills where name = 'reconcile'
  `)
  if (!row) return undefined
  const { watermark, began_at: heldAt, held_ms: heldMs } = row
  return { since: new Date(watermark), heldAt: new Date(heldAt), heldMs }
}

/** Of these senders, the ones that are ours. */
export async function filterOwn(db: Db, addresses: string[]): Promise<Set<string>> {
  const rows = await db.execute<{ address: string }>(
    sql`select address from lines where address = any(${sql.param(addresses)}::text[])`,
  )
  return new Set(rows.map((row) => row.address))
}

/**
 * Nothing was sent that this database does not know: it goes on where it stopped. False when another
 * dispatcher has found that before.
 */
export async function release(db: Db): Promise<boolean> {
  return db.transaction(async (tx) => {
    const released = await tx.execute(sql`delete from backfills where name = 'reconcile'`)
    if (released.count === 0) return false
    const [told] = await tx.execute(
      sql`delete from breakers where name in ('unread', 'ahead') returning 1`,
    )
    await tx.execute(sql`delete from breakers where name = 'reconcile'`)
    if (told) await recordChanges(tx, [systemChanged])
    return true
  })
}

/**
 * An old copy, perhaps: what it holds for people who were texted since may have gone out. That is looked
 * up in Twilio's list before it is sent, and so is what follows from texts that are fetched from before.
 * Returns how many; undefined when another dispatcher has done it before.
 */
export async function releaseRestored(
  db: Db,
  silentSince: Date,
  recipients: string[],
): Promise<number | undefined> {
  const since = sql`${silentSince.toISOString()}::timestamptz`
  return db.transaction(async (tx) => {
    if (!(await release(tx))) return undefined
    await tx.execute(sql`
      insert into backfills (name, began_at, watermark, reconcile_before)
      values ('twilio', ${since}, ${since}, now())
      on conflict (name) do update set reconcile_before = excluded.reconcile_before
    `)
    const held = await tx.execute(sql`
      update deliveries set
        state = 'unknown', attempt_at = least(attempt_at, ${since}), lease_until = null,
        next_at = now(), checks = 0, updated_at = now()
      where state = 'sending' or (state = 'queued' and address = any(${sql.param(recipients)}::text[]))
    `)
    return held.count
  })
}

/**
 * Says why nothing is sent for so long: Twilio's list cannot be read, or it is ahead of this database and
 * more of it may show up.
 */
export async function noteHold(db: Db, why: 'unread' | 'ahead'): Promise<void> {
  await db.transaction(async (tx) => {
    const noted = await tx.execute(sql`
      with otherwise as (
        delete from breakers where name in ('unread', 'ahead') and name <> ${why}
      )
      insert into breakers (name, probe_at)
      select ${why}, 'infinity' from backfills where name = 'reconcile' for update
      on conflict (name) do nothing
    `)
    if (noted.count > 0) await recordChanges(tx, [systemChanged])
  })
}

/**
 * What follows from something older than the restore, a text or a plan, may have been sent then. A hold that
 * ends meanwhile waits for this transaction: then one of the two sees what the other did.
 */
export async function settleFirst(tx: Db, messageIds: string[], due: Date): Promise<void> {
  const at = sql`${due.toISOString()}::timestamptz`
  await tx.execute(sql`select from backfills where name = 'reconcile' for share`)
  await tx.execute(sql`
    update deliveries set state = 'unknown', attempt_at = ${at}, next_at = now()
    where message_id = any(${sql.param(messageIds)}::uuid[]) and state = 'queued'
      and exists (select from backfills where name = 'twilio' and reconcile_before > ${at})
  `)
}
