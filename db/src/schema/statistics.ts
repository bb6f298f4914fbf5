import { sql } from 'drizzle-orm'
import { integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { at, bytea } from './columns.ts'
import { lines } from './lines.ts'

/** An hour of a line, counted up by the dispatcher so that Home never reads messages. */
export const lineHours = pgTable(
  'line_hours',
  {
    lineId: uuid('line_id')
      .notNull()
      .references(() => lines.id, { onDelete: 'cascade' }),
    hour: at('hour').notNull(),
    inbound: integer().notNull().default(0),
    /** Deliveries begun: what is sent and paid for. */
    outbound: integer().notNull().default(0),
    /** What has become of those. */
    delivered: integer().notNull().default(0),
    failed: integer().notNull().default(0),
    /**
     * Of each answer that a person gave in this hour, how long its asker had waited: for a true median.
     * Four bytes each, as `int4send` writes them, so that Postgres only puts them together.
     */
    answerSeconds: bytea('answer_seconds')
      .notNull()
      .default(sql`''`),
  },
  (table) => [primaryKey({ columns: [table.hour, table.lineId] })],
)

/** Counting up, in turns: `recent` hours now and again, and once every hour of the `history`. */
export const countings = pgTable('countings', {
  name: text().primaryKey(),
  nextAt: at('next_at').notNull().defaultNow(),
  /** Of the history: everything from this hour on is counted. */
  countedFrom: at('counted_from'),
  /** Of the history: nothing is older than what is counted. */
  doneAt: at('done_at'),
})
