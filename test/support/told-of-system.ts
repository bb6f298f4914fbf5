import type { Db } from '@partyline/db/client'
import { sql } from 'drizzle-orm'

/** How often dashboards were told that something about the whole changed, but for the first look at the account. */
export async function toldOfSystem(db: Db): Promise<number> {
  const [row] = await db.execute<{ told: number }>(sql`
    select (select count(*)::int from events where type = 'system.changed')
      - (select count(*)::int from account_looks where looked_at is not null) as told
  `)
  return row?.told ?? 0
}
