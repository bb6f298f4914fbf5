import { integer, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import { at } from './columns.ts'

/** A row is trouble with the whole Twilio account: nothing is sent but a probe now and then. */
export const breakers = pgTable('breakers', {
  name: text().primaryKey(),
  errorCode: integer('error_code'),
  openedAt: at('opened_at').notNull().defaultNow(),
  probeAt: at('probe_at').notNull(),
})

/** The dispatchers that run: what the account allows is divided among them while Redis is away. */
export const dispatchers = pgTable('dispatchers', {
  id: uuid().primaryKey(),
  seenAt: at('seen_at').notNull(),
})
