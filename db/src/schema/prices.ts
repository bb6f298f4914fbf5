import { numeric, pgTable, text } from 'drizzle-orm/pg-core'
import { at } from './columns.ts'

/** What one outbound segment to a country costs, as Twilio's price list says. */
export const segmentPrices = pgTable('segment_prices', {
  /** ISO 3166, two letters. */
  country: text().primaryKey(),
  price: numeric().notNull(),
  currency: text().notNull(),
  lookedAt: at('looked_at').notNull().defaultNow(),
})
