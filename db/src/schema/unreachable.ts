import { integer, pgTable, text } from 'drizzle-orm/pg-core'
import { at } from './columns.ts'

/** Addresses of which the carrier says that no text can ever arrive: no such number, or a landline. */
export const unreachableAddresses = pgTable('unreachable_addresses', {
  address: text().primaryKey(),
  errorCode: integer('error_code').notNull(),
  since: at('since').notNull().defaultNow(),
})
