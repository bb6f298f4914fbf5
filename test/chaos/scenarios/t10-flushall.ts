import type { Db } from '@partyline/db/client'
import { createLog } from '@partyline/kit/log'
import { connectRedis } from '@partyline/kit/redis'
import { sql } from 'drizzle-orm'
import { seedGroups } from '../groups.ts'
import type { Scenario } from '../scenario.ts'

/** So many that a doorbell which is lost is not made good by the next text of its line. */
const lines = 40
const longestMs = 3_000

export const t10: Scenario = {
  id: 'T10',
  title: `FLUSHALL twenty times a second: lost texts are fetched, and no delivery is due for more than ${longestMs / 1_000} s`,
  measures: true,
  groups: (db) => seedGroups(db, lines),
  async faults({ hub, every, problems, measured }) {
    const redis = connectRedis(
      { url: hub.stores.redis.url, prefix: '{partyline}' },
      'worker',
      createLog('chaos', 'silent'),
    )
    let longest = 0
    await Promise.all([
      every(50, () => redis.flushall()),
      every(500, async () => {
        longest = Math.max(longest, await longestDue(hub.db))
      }),
    ])
    redis.disconnect()
    measured['longestDueMs'] = longest
    if (longest > longestMs) problems.push(`a delivery was due for ${longest} ms`)
  },
}

async function longestDue(db: Db): Promise<number> {
  const [row] = await db.execute<{ ms: number }>(sql`
    select coalesce(round(extract(epoch from max(now() - next_at)) * 1000), 0)::int as ms
    from deliveries where state = 'queued'
  `)
  return row?.ms ?? 0
}
