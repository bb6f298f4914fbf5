import { sql } from 'drizzle-orm'
import type { Hub } from '../hub.ts'
import type { Scenario } from '../scenario.ts'

/** As the lab's: how long until absent means absent, and how long one call may take. */
const settleMs = 5_000
const timeoutMs = 1_500
const unclear = { failBefore: 0.1, failAfter: 0.1, resetAfter: 0.1, dropCallbacks: 1 }

export const t25: Scenario = {
  id: 'T25',
  title:
    'Twilio’s list is half a settle window behind, then fails: nothing goes out again before its time',
  misbehave: { ...unclear, listLagMs: settleMs / 2 },
  async faults({ hub, wait, random }) {
    await wait(12_000)
    hub.simulator.misbehave({ ...unclear, listFails: 1, seed: Math.floor(random() * 1e6) })
  },
  async also({ db }) {
    const [row] = await db.execute<{ again: number; early: number }>(sql`
      select count(*)::int as again,
        (count(*) filter (where next.at - first.at < ${settleMs - timeoutMs} * interval '1 millisecond'))::int as early
      from send_attempts as first join send_attempts as next
        on next.delivery_id = first.delivery_id and next.attempt = first.attempt + 1
    `)
    return [
      ...(row?.again ? [] : ['nothing had to go out again']),
      ...(row?.early ? [`${row.early} went out again before the settle window was over`] : []),
    ]
  },
}

/** The same with a settle window shorter than the list is behind: texts must be doubled, and seen to be. */
export const t25Canary: Scenario = {
  id: 'T25-canary',
  title: 'the list is further behind than the settle window: must fail',
  mustFail: true,
  env: { SETTLE_MS: '600' },
  misbehave: { ...unclear, listLagMs: 6_000 },
}

/** A settle window of a second makes "a person must know" come after fifteen. */
export const t25Failing: Scenario = {
  id: 'T25-failing',
  title: 'Twilio’s list cannot be read at all: nothing goes out again, and a person is asked',
  env: { SETTLE_MS: '1000' },
  misbehave: { ...unclear, listFails: 1 },
  async faults({ hub, every, problems }) {
    let again = 0
    await every(1_000, async () => {
      again = await countAgain(hub)
    })
    if (again > 0) problems.push(`${again} went out again though nobody could know`)
  },
  async also({ db }) {
    const rows = await db.execute<{ cause: string | null; count: number }>(sql`
      select cause, count(*)::int as count from deliveries where state = 'review' group by cause
    `)
    return [
      ...(rows.length > 0 ? [] : ['nobody was asked']),
      ...rows
        .filter(({ cause }) => cause !== 'unsettled')
        .map(({ cause, count }) => `${count} are in review because of ${cause ?? 'nothing'}`),
    ]
  },
}

async function countAgain({ db }: Hub): Promise<number> {
  const [row] = await db.execute<{ count: number }>(sql`
    select count(*)::int as count from deliveries where attempt > 1
  `)
  return row?.count ?? 0
}
