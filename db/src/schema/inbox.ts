import { sql } from 'drizzle-orm'
import { bigserial, index, integer, jsonb, pgTable, text } from 'drizzle-orm/pg-core'
import type { WebhookParams } from '@partyline/contracts/jobs'
import { at } from './columns.ts'

/** Every inbound text as Twilio sent it. The SID makes a repeat harmless, for ever. */
export const inbox = pgTable(
  'inbox',
  {
    messageSid: text('message_sid').primaryKey(),
    seq: bigserial({ mode: 'number' }).notNull(),
    source: text({ enum: ['webhook', 'fallback', 'backfill'] }).notNull(),
    params: jsonb().$type<WebhookParams>().notNull(),
    /** When our door had it. */
    receivedAt: at('received_at').notNull().defaultNow(),
    storedAt: at('stored_at').notNull().defaultNow(),
    processedAt: at('processed_at'),
    attempts: integer().notNull().default(0),
    nextAt: at('next_at').notNull().defaultNow(),
    lastError: text('last_error'),
    /** What had to be changed to keep it. */
    note: text(),
    /** The webhook's span, where traces are on. */
    traceParent: text('trace_parent'),
    /**
     * Who texts which line, while it waits: of one such pair the texts keep their order. A column, because
     * Postgres takes any index for free that was empty when it last counted, were it of all that waits.
     */
    turn: text().generatedAlwaysAs(
      sql`case when processed_at is null then (params ->> 'From') || ' ' || (params ->> 'To') end`,
    ),
  },
  (table) => [
    index('inbox_waiting')
      .on(table.seq)
      .where(sql`processed_at is null`),
    index('inbox_turn')
      .on(table.turn, table.seq)
      .where(sql`turn is not null`),
    // How much somebody has texted of late, by the time it was received.
    index('inbox_sender').on(sql`(params ->> 'From')`, table.receivedAt),
  ],
)
export type InboxRow = typeof inbox.$inferSelect
