import type { FoundWebhooks } from '@partyline/contracts/number-webhooks'
import { eq, sql } from 'drizzle-orm'
import type { Db } from '../client.ts'
import { accountNumbers, type AccountNumberRow } from '../schema/account.ts'
import { findAccountNumber, type KnownNumber } from './account-numbers.ts'
import { recordChanges } from './events.ts'
import { systemChanged } from './system-changed.ts'

const leaseMs = 60_000
const againInMs = 30_000

/** Its row is locked until the transaction ends, so that what is read of it is what is connected. */
export async function lockAccountNumber(tx: Db, sid: string): Promise<KnownNumber | undefined> {
  await tx.execute(sql`select from account_numbers where sid = ${sid} for no key update`)
  return findAccountNumber(tx, sid)
}

/** Its webhooks are to be set, from now on. A try that is under way no longer counts. */
export async function wantConnected(
  db: Db,
  { sid, replaces }: { sid: string; replaces: string | null },
): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.execute(sql`
      update account_numbers set state = 'connecting', attempt = attempt + 1, try_at = now(),
        replaces = ${replaces}, problem = null
      where sid = ${sid}
    `)
    await recordChanges(tx, [systemChanged])
  })
}

/** One try to set the webhooks of a number. */
export type Try = KnownNumber

/** The next number whose webhooks are to be set, for us alone until the lease ends. */
export async function claimConnecting(db: Db): Promise<Try | undefined> {
  const [claimed] = await db.execute<{ sid: string }>(sql`
    update account_numbers set attempt = attempt + 1,
      try_at = now() + ${leaseMs} * interval '1 millisecond'
    where sid = (
      select sid from account_numbers where state = 'connecting' and try_at <= now()
      order by try_at limit 1 for no key update skip locked
    )
    returning sid
  `)
  return claimed && findAccountNumber(db, claimed.sid)
}

/** What came of a try. `later`: it is made again by itself. */
export type Connected =
  | { outcome: 'connected'; found: FoundWebhooks }
  | { outcome: 'refused'; problem: string; found?: FoundWebhooks }
  | { outcome: 'later'; problem: string }

/** False when the try no longer counts: somebody asked again, or another took over. */
export async function finishTry(
  db: Db,
  { number: { sid, attempt } }: Try,
  result: Connected,
): Promise<boolean> {
  const found = 'found' in result ? result.found : undefined
  return db.transaction(async (tx) => {
    const settled = await tx.execute(sql`
      update account_numbers set
        state = ${result.outcome === 'connected' ? 'idle' : result.outcome === 'refused' ? 'refused' : 'connecting'}::connecting_state,
        problem = ${result.outcome === 'connected' ? null : result.problem},
        replaces = case when ${result.outcome} = 'later' then replaces end,
        try_at = case when ${result.outcome} = 'later' then now() + ${againInMs} * interval '1 millisecond' end
      where sid = ${sid} and attempt = ${attempt} and state = 'connecting'
    `)
    if (settled.count === 0) return false
    if (found) await keepFound(tx, sid, found)
    await recordChanges(tx, [systemChanged])
    return true
  })
}

/** What Twilio said just now is newer than any look that is under way. */
async function keepFound(tx: Db, sid: string, { service, ...own }: FoundWebhooks): Promise<void> {
  const foundAt = sql`clock_timestamp()`
  if (service?.sid !== sid) {
    await tx
      .update(accountNumbers)
      .set({ ...own, foundAt })
      .where(eq(accountNumbers.sid, sid))
  }
  if (!service) return
  const webhooks: Partial<AccountNumberRow> = {
    smsUrl: service.inboundRequestUrl,
    smsMethod: service.inboundMethod,
    smsFallbackUrl: service.fallbackUrl,
    smsFallbackMethod: service.fallbackMethod,
  }
  await tx
    .update(accountNumbers)
    .set({ ...webhooks, foundAt })
    .where(eq(accountNumbers.sid, service.sid))
}
