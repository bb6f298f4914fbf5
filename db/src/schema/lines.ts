import { jsonb, pgEnum, pgTable, real, text } from 'drizzle-orm/pg-core'
import { type LineHours, lineModes } from '@partyline/contracts/api/lines'
import { channels } from '@partyline/contracts/channels'
import { createdAt, id } from './columns.ts'

export const channelEnum = pgEnum('channel', channels)
export const lineMode = pgEnum('line_mode', lineModes)

export const lines = pgTable('lines', {
  id: id(),
  address: text().notNull().unique(),
  channel: channelEnum().notNull(),
  name: text().notNull(),
  mode: lineMode().notNull(),
  autoReply: text('auto_reply'),
  /** Null: what Twilio allows this kind of sender (contracts/sender-rate). */
  segmentsPerSecond: real('segments_per_second'),
  /** When somebody is there, in the line's own time zone; null: always. */
  hours: jsonb().$type<LineHours>(),
  /** What is answered outside those hours, once in a while. */
  awayReply: text('away_reply'),
  createdAt: createdAt(),
})

export type LineRow = typeof lines.$inferSelect
