import type { Db } from '@partyline/db/client'
import { sql } from 'drizzle-orm'

/** How often dashboards were told that something about the whole changed, but for the first look at the account. */
export async function toldOfSystem(db: Db): Promise<number> {
  const rows = await db.execute(sql`
    select 1 from events where type = 'system.changed'
      and xmin::text not in (select xmin::text from account_looks)
  `)
  return rows.length
}
