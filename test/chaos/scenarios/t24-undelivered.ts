import { sql } from 'drizzle-orm'
import type { Scenario } from '../scenario.ts'

export const t24: Scenario = {
  id: 'T24',
  title: 'no webhook comes for 10 s: Twilio’s list has the texts, and all are found and said so',
  seconds: 25,
  async faults({ loader, wait }) {
    await wait(5_000)
    loader.undelivered = true
    await wait(10_000)
    loader.undelivered = false
  },
  async also({ db }, { texts }) {
    const dropped = texts.filter((text) => text.undelivered).length
    const [row] = await db.execute<{ found: number; said: number }>(sql`
      select (select count(*)::int from inbox where source = 'backfill') as found,
        (select coalesce(sum(texts), 0)::int from recoveries) as said
    `)
    if (!row || dropped === 0) return ['no text was kept from us']
    return [
      ...(row.found < dropped ? [`${row.found} of ${dropped} texts were fetched`] : []),
      ...(row.said === row.found
        ? []
        : [`${row.said} are said to be recovered, ${row.found} were`]),
    ]
  },
}
