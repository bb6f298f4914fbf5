import { sql } from 'drizzle-orm'
import { index, jsonb, pgTable, text } from 'drizzle-orm/pg-core'
import { at } from './columns.ts'

/** The WhatsApp templates of the Twilio account, as they were when last looked at. */
export const templates = pgTable(
  'templates',
  {
    /** Twilio's `HX…`. */
    sid: text().primaryKey(),
    name: text().notNull(),
    language: text().notNull(),
    category: text().notNull(),
    contentType: text('content_type').notNull(),
    body: text().notNull(),
    /** What Twilio keeps as sample values, by variable. */
    samples: jsonb().$type<Record<string, string>>().notNull(),
    /** WhatsApp's word on it, lower-case. */
    status: text().notNull(),
    rejectionReason: text('rejection_reason').notNull(),
    foundAt: at('found_at').notNull(),
  },
  (table) => [index('templates_by_name').on(sql`lower(${table.name})`, table.sid)],
)
export type TemplateRow = typeof templates.$inferSelect
