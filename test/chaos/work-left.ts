import { sql } from 'drizzle-orm'
import type { Judged, Texted } from './judge.ts'

/** How much the hub has still to do. */
export interface WorkLeft {
  unsettled: number
  /** Acknowledged texts that are no message yet: in Redis, or in the inbox. */
  notTaken: number
  /** Callbacks that were kept and not applied. */
  callbacks: number
  /** How long the oldest of it could have been done already, in ms. */
  oldestMs: number
}

export async function readWorkLeft({ db }: Pick<Judged, 'db'>, loader: Texted): Promise<WorkLeft> {
  const [row] = await db.execute<{
    unsettled: number
    messages: number
    callbacks: number
    oldest: number
  }>(sql`
    select
      (select count(*)::int from deliveries where state in ('queued', 'sending', 'unknown')) as unsettled,
      (select count(*)::int from messages where direction = 'inbound') as messages,
      (select count(*)::int from status_events where applied_at is null) as callbacks,
      (select coalesce(extract(epoch from max(now() - due)) * 1000, 0)::float8 from (
        select next_at as due from deliveries where state in ('queued', 'unknown')
        union all select lease_until from deliveries where state = 'sending'
        union all select received_at from inbox where processed_at is null
      ) as work) as oldest
  `)
  if (!row) throw new Error('Postgres did not say what is left')
  const acknowledged = loader.texts.filter((text) => text.acknowledged).length
  return {
    unsettled: row.unsettled,
    notTaken: acknowledged - row.messages,
    callbacks: row.callbacks,
    oldestMs: row.oldest,
  }
}
