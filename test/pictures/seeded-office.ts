import { setTimeout as wait } from 'node:timers/promises'
import { statisticsEndpoints } from '@partyline/contracts/api/statistics'
import { connectPostgres } from '@partyline/db/client'
import type { BrowserContext } from 'playwright-core'
import { knowLines } from '../measure/know-lines.ts'

const dayMs = 86_400_000
const patienceMs = 240_000
/** Those that Home draws, and as many to compare them with. */
const days = 60

/** Until nobody warns of the seeded lines, and what they did is counted up. */
export async function settleOffice(
  { publicUrl, databaseUrl }: { publicUrl: string; databaseUrl: string },
  context: BrowserContext,
): Promise<void> {
  const sql = connectPostgres(databaseUrl, { name: 'pictures', max: 1 })
  try {
    await knowLines(publicUrl, context, sql)
  } finally {
    await sql.end({ timeout: 5 })
  }
  for (const end = Date.now() + patienceMs; Date.now() < end; await wait(2_000)) {
    const [from, to] = [Date.now() - days * dayMs, Date.now()].map((at) =>
      new Date(at).toISOString(),
    )
    const { path, reply } = statisticsEndpoints.get
    const answer = await context.request.get(`${path}?from=${from}&to=${to}&by=day`)
    if (reply.parse(await answer.json()).buckets.length >= days) return
  }
  throw new Error('the past of the office was not counted up in time')
}
