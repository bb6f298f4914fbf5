import { claimPass, findWatermark, finishPass } from '@partyline/db/queries/backfill'
import { sql } from 'drizzle-orm'
import { expect } from 'vitest'
import { test } from '../../support/stack.ts'

const hourMs = 3_600_000
const ago = (ms: number) => new Date(Date.now() - ms)

test('a comparison that somebody asked for, and that does not reach back far enough, leaves what is older to be compared', async ({
  stack: { db },
}) => {
  const turn = { everyMs: 60_000, graceMs: 5_000, atOnce: true }
  await claimPass(db, turn)
  await db.execute(sql`
    update backfills set began_at = now() - interval '1 day', failures = 3,
      watermark = now() - interval '5 hours'`)
  const lagsMs = async () =>
    Date.now() - ((await findWatermark(db))?.watermark ?? new Date()).getTime()

  await finishPass(db, { startedAt: new Date(), since: ago(hourMs) })
  expect(await lagsMs()).toBeGreaterThan(4 * hourMs)

  const pass = await claimPass(db, turn)
  if (!pass) throw new Error('no pass')
  await finishPass(db, pass)
  expect(await lagsMs()).toBeLessThan(hourMs)
})
