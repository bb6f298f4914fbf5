import { asc, eq, sql } from 'drizzle-orm'
import type { SegmentPrice } from '@partyline/contracts/api/prices'
import type { Db } from '../client.ts'
import { segmentPrices } from '../schema/prices.ts'

/** From now on these countries' prices are looked up. */
export async function wantPrices(db: Db, countries: readonly string[]): Promise<void> {
  if (countries.length === 0) return
  await db
    .insert(segmentPrices)
    .values(countries.map((country) => ({ country, lookedAt: sql`'-infinity'` })))
    .onConflictDoNothing()
}

/**
 * Countries whose price is to be asked for. Whoever gets one has two minutes; then another dispatcher
 * asks, as the first is gone.
 */
export async function claimPriceLooks(db: Db, limit: number): Promise<string[]> {
  const rows = await db.execute<{ country: string }>(sql`
    update segment_prices set looked_at = now() - interval '1 day' + interval '2 minutes'
    where country = any(array(
      select country from segment_prices where looked_at < now() - interval '1 day'
      order by country limit ${limit} for update skip locked))
    returning country
  `)
  return rows.map(({ country }) => country)
}

export async function setPrice(
  db: Db,
  { country, ...known }: { country: string; price: string; currency: string },
): Promise<void> {
  await db
    .update(segmentPrices)
    .set({ ...known, problem: null, lookedAt: sql`now()` })
    .where(eq(segmentPrices.country, country))
}

/** What was known stays, and it is asked again after a while. */
export async function setPriceProblem(
  db: Db,
  given: { country: string; problem: string; againInMinutes: number },
): Promise<void> {
  const { country, problem, againInMinutes } = given
  const lookedAt = sql`now() - interval '1 day' + ${againInMinutes} * interval '1 minute'`
  await db
    .update(segmentPrices)
    .set({ problem, lookedAt })
    .where(eq(segmentPrices.country, country))
}

export async function listPrices(db: Db): Promise<SegmentPrice[]> {
  const rows = await db
    .select()
    .from(segmentPrices)
    .where(sql`${segmentPrices.lookedAt} > '-infinity'`)
    .orderBy(asc(segmentPrices.country))
  return rows.map(({ price, lookedAt, ...row }) => ({
    ...row,
    price: price === null ? null : Number(price),
    lookedAt: lookedAt.toISOString(),
  }))
}
