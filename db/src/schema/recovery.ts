import { integer, pgTable, text } from 'drizzle-orm/pg-core'
import { at, id } from './columns.ts'

/** How far this database is compared with Twilio's list. One row. */
export const backfills = pgTable('backfills', {
  name: text().primaryKey(),
  /** Texts from before Partyline came to this account are not its business. */
  beganAt: at('began_at').notNull().defaultNow(),
  /** Everything that came in until then is here. */
  watermark: at('watermark').notNull().defaultNow(),
  nextAt: at('next_at').notNull().defaultNow(),
  /** Set when an old copy of the database was put back: what is older may have been sent already. */
  reconcileBefore: at('reconcile_before'),
  /** Comparisons that have failed in turn, and since when. */
  failures: integer().notNull().default(0),
  failingSince: at('failing_since'),
})

/** Texts that never reached us and were fetched, one row a find. */
export const recoveries = pgTable('recoveries', {
  id: id(),
  texts: integer().notNull(),
  firstAt: at('first_at').notNull(),
  lastAt: at('last_at').notNull(),
  foundAt: at('found_at').notNull().defaultNow(),
})
