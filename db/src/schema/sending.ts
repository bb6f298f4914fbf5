import { bigint, date, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
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

/**
 * Segments on their way out, by day (UTC) and by who has them sent: a user, or for texts that are relayed
 * a share of all conversations. Their sum is the account's; no row is everybody's, so nobody queues for it.
 */
export const sendCounts = pgTable(
  'send_counts',
  {
    day: date().notNull(),
    counter: text().notNull(),
    segments: bigint({ mode: 'number' }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.day, table.counter] })],
)
