import { type SQL, sql } from 'drizzle-orm'
import type { Db } from '../client.ts'

/**
 * As much of a number as tells its country, but for a few islands: of thousands of addresses one in each
 * place has to be understood. In North America the area code tells it.
 */
export const placeOf = (address: SQL): SQL =>
  sql`left(${address}, case when ${address} like '+1%' then 5 else 7 end)`

/** An address for each place where somebody is whom we can text. */
export async function listPlaces(db: Db): Promise<string[]> {
  const rows = await db.execute<{ address: string }>(sql`
    select min(address) as address from addresses where channel = 'sms'
    group by ${placeOf(sql`address`)}
  `)
  return rows.map(({ address }) => address)
}
