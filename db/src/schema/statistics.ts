import { bigint, integer, pgTable, primaryKey, uuid } from 'drizzle-orm/pg-core'
import { at } from './columns.ts'
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
    outbound: integer().notNull().default(0),
    /** Of the deliveries begun in this hour. */
    delivered: integer().notNull().default(0),
    failed: integer().notNull().default(0),
    /** Answers that a person gave in this hour, and how long their askers had waited in all. */
    answers: integer().notNull().default(0),
    answerSeconds: bigint('answer_seconds', { mode: 'number' }).notNull().default(0),
  },
  (table) => [primaryKey({ columns: [table.hour, table.lineId] })],
)
