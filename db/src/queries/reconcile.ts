import { sql } from 'drizzle-orm'
import type { Db } from '../client.ts'

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

/** Since when this database knows nothing; undefined when nothing is held. */
export async function findSilence(db: Db): Promise<Date | undefined> {
  const [row] = await db.execute<{ watermark: Date | string }>(
    sql`select watermark from backfills where name = 'reconcile'`,
  )
  return row && new Date(row.watermark)
}

/** Of these senders, the ones that are ours. */
export async function filterOwn(db: Db, addresses: string[]): Promise<Set<string>> {
  const rows = await db.execute<{ address: string }>(
    sql`select address from lines where address = any(${sql.param(addresses)}::text[])`,
  )
  return new Set(rows.map((row) => row.address))
}

/** Nothing was sent that this database does not know: it goes on where it stopped. */
export async function release(db: Db): Promise<void> {
  await db.execute(sql`
    with gone as (delete from backfills where name = 'reconcile')
    delete from breakers where name = 'reconcile'
  `)
}

/**
 * An old copy: what it holds unsent may have gone out. All of it is looked up in Twilio's list before
 * anything is sent, and so is what follows from texts that are fetched from before. Returns how many.
 */
export async function releaseRestored(db: Db, silentSince: Date): Promise<number> {
  const since = sql`${silentSince.toISOString()}::timestamptz`
  return db.transaction(async (tx) => {
    await tx.execute(sql`
      insert into backfills (name, reconcile_before) values ('twilio', now())
      on conflict (name) do update set reconcile_before = excluded.reconcile_before
    `)
    const held = await tx.execute(sql`
      update deliveries set
        state = 'unknown', attempt_at = least(attempt_at, ${since}), lease_until = null,
        next_at = now(), checks = 0, updated_at = now()
      where state in ('queued', 'sending')
    `)
    await release(tx)
    return held.count
  })
}

/** What follows from a text that was fetched and is older than the restore may have been sent then. */
export async function settleFirst(tx: Db, messageIds: string[], receivedAt: Date): Promise<void> {
  const at = sql`${receivedAt.toISOString()}::timestamptz`
  await tx.execute(sql`
    update deliveries set state = 'unknown', attempt_at = ${at}, next_at = now()
    where message_id = any(${sql.param(messageIds)}::uuid[]) and state = 'queued'
      and exists (select from backfills where name = 'twilio' and reconcile_before > ${at})
  `)
}
