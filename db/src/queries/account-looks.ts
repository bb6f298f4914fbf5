import { eq, sql } from 'drizzle-orm'
import type { Db } from '../client.ts'
import { accountLooks } from '../schema/account.ts'
import { recordChanges } from './events.ts'
import { systemChanged } from './system-changed.ts'

/** What of the Twilio account is looked at: its numbers, its templates. */
type LookedAt = 'twilio' | 'templates'

/** What is known of the latest look at the Twilio account. */
export interface Look {
  wantedAt: Date | null
  /** Somebody asked a while ago, and no dispatcher has begun. */
  unheard: boolean
  lookedAt: Date | null
  problem: string | null
}

export async function findLook(db: Db, what: LookedAt = 'twilio'): Promise<Look> {
  const { wantedAt, lookedAt, problem } = accountLooks
  const unheard = sql<boolean>`coalesce(wanted_at < now() - interval '15 seconds'
    and coalesce(lease_until, now()) <= now(), false)`
  const [row] = await db
    .select({ wantedAt, unheard, lookedAt, problem })
    .from(accountLooks)
    .where(eq(accountLooks.name, what))
  return row ?? { wantedAt: null, unheard: false, lookedAt: null, problem: null }
}

export async function askForLook(db: Db, what: LookedAt = 'twilio'): Promise<void> {
  await db.execute(sql`
    insert into account_looks (name, wanted_at) values (${what}, now())
    on conflict (name) do update set wanted_at = now()
  `)
}

/** When it began; undefined while it is nobody's turn. A look of a process that died is taken over. */
export async function claimLook(
  db: Db,
  { atOnce, what = 'twilio' }: { atOnce: boolean; what?: LookedAt },
): Promise<Date | undefined> {
  await db.execute(
    sql`insert into account_looks (name) values (${what}) on conflict (name) do nothing`,
  )
  const [row] = await db.execute<{ started_at: Date | string }>(sql`
    update account_looks set lease_until = now() + interval '2 minutes'
    where name = ${what} and coalesce(lease_until, now()) <= now()
      and (${atOnce} or wanted_at is not null or next_at <= now())
    returning now() as started_at
  `)
  return row && new Date(row.started_at)
}

/** `problem`: why it saw nothing; null when it saw everything. */
interface Outcome {
  what?: LookedAt
  startedAt: Date
  problem: string | null
  nextInMs: number
  /** Whether it saw something new. */
  changed: boolean
}

/** Dashboards are told when somebody asked, and otherwise of news only. True when they are told. */
export async function finishLook(db: Db, outcome: Outcome): Promise<boolean> {
  const { what = 'twilio', problem, nextInMs, changed } = outcome
  const startedAt = sql`${outcome.startedAt.toISOString()}::timestamptz`
  return db.transaction(async (tx) => {
    const [row] = await tx.execute<{ was_wanted: boolean; was_told: boolean }>(sql`
      update account_looks set lease_until = null, problem = ${problem},
        looked_at = case when ${problem}::text is null then ${startedAt} else looked_at end,
        next_at = now() + ${nextInMs} * interval '1 millisecond',
        wanted_at = case when wanted_at > ${startedAt} then wanted_at end
      where name = ${what}
      returning old.wanted_at is not null as was_wanted,
        old.problem is not distinct from new.problem as was_told
    `)
    const isNews = changed || row?.was_wanted === true || row?.was_told === false
    if (isNews) await recordChanges(tx, [systemChanged])
    return isNews
  })
}
