import { sql } from 'drizzle-orm'
import type { Scenario } from '../scenario.ts'

export const t21: Scenario = {
  id: 'T21',
  title: 'callbacks come late, twice and out of order; each text ends with its highest status',
  misbehave: { reorderCallbacks: 0.3, duplicateCallbacks: 0.2, failAfter: 0.05 },
  async also({ db }) {
    const [row] = await db.execute<{ count: number }>(sql`
      select count(*)::int as count from deliveries
      where status_rank < (select max(rank) from status_events where message_sid = twilio_sid)
    `)
    return row?.count ? [`${row.count} deliveries show less than a callback said`] : []
  },
}
