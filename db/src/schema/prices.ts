import { numeric, pgTable, text } from 'drizzle-orm/pg-core'
import { at } from './columns.ts'

/** What one outbound segment to a country costs, as Twilio's price list says. */
export const segmentPrices = pgTable('segment_prices', {
  /** ISO 3166, two letters. */
  country: text().primaryKey(),
  /** Null: not known; `problem` says why, or somebody is asking just now. */
  price: numeric(),
  currency: text(),
  problem: text(),
  /** When Twilio was last asked, which is also how dispatchers take turns. */
  lookedAt: at('looked_at').notNull().defaultNow(),
})
