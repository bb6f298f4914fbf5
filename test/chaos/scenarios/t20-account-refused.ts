import { sql } from 'drizzle-orm'
import type { Scenario } from '../scenario.ts'

export const t20: Scenario = {
  id: 'T20',
  title: 'Twilio refuses the account (401) for 10 s: nothing fails, everything goes out after',
  measures: true,
  // One text every fifteen seconds tries whether it is over, and it is over seven before the load.
  recoversIn: 12,
  async faults({ hub, wait }) {
    await wait(3_000)
    hub.simulator.misbehave({ unauthorized: 1 })
    await wait(10_000)
    hub.simulator.misbehave({})
  },
  async also({ db }) {
    const [row] = await db.execute<{ failed: number; open: boolean }>(sql`
      select (select count(*)::int from deliveries where state = 'failed') as failed,
        exists (select from breakers) as open
    `)
    return [
      ...(row?.failed ? [`${row.failed} failed`] : []),
      ...(row?.open ? ['the breaker stayed open'] : []),
    ]
  },
}
