import { integer, jsonb, pgEnum, pgTable, real, text } from 'drizzle-orm/pg-core'
import { type LineHours, lineModes } from '@partyline/contracts/api/lines'
import { channels } from '@partyline/contracts/channels'
import { at, createdAt, id } from './columns.ts'

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
  /** Nothing is sent from it: its deliveries wait. */
  pausedAt: at('paused_at'),
  /** Twilio's error that one text after another failed with; null: a person paused it. */
  pausedFor: integer('paused_for'),
  createdAt: createdAt(),
})

export type LineRow = typeof lines.$inferSelect
