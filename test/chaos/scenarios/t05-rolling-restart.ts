import { sql } from 'drizzle-orm'
import type { Scenario } from '../scenario.ts'

export const t05: Scenario = {
  id: 'T05',
  title: 'rolling restart by SIGTERM: nothing is ever in doubt',
  ingresses: 2,
  async faults({ hub, every }) {
    let turn = 0
    const all = [...hub.dispatchers, ...hub.ingresses]
    await every(1_500, () => all[turn++ % all.length]?.restart('SIGTERM'))
  },
  async also({ db }) {
    const doubted = await db.execute<{ count: number }>(sql`
      select count(*)::int as count from send_attempts where outcome = 'unknown'
    `)
    const again = await db.execute<{ count: number }>(sql`
      select count(*)::int as count from deliveries where attempt > 1
    `)
    return [
      ...(doubted[0]?.count ? [`${doubted[0].count} deliveries were in doubt`] : []),
      ...(again[0]?.count ? [`${again[0].count} deliveries were claimed again`] : []),
    ]
  },
}
