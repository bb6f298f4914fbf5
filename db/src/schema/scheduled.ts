import { sql } from 'drizzle-orm'
import {
  bigint,
  index,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { at, createdAt, id } from './columns.ts'
import { conversations } from './conversations.ts'
import type { SentTemplate } from './messages.ts'
import { users } from './users.ts'

/** What is to be said later. It becomes a message when its time comes, and takes its place then. */
export const scheduledMessages = pgTable(
  'scheduled_messages',
  {
    id: id(),
    conversationId: uuid('conversation_id')
      .notNull()
      .references(() => conversations.id, { onDelete: 'cascade' }),
    senderId: uuid('sender_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    clientKey: text('client_key').notNull(),
    body: text().notNull(),
    template: jsonb().$type<SentTemplate>(),
    mediaIds: uuid('media_ids').array().notNull(),
    sendAt: at('send_at').notNull(),
    /** How many texts had come when it was to be taken back by the next; null: a text takes nothing back. */
    unlessMoreThan: bigint('unless_more_than', { mode: 'number' }),
    /** Why it could not be sent. Kept for its author, and not tried again. */
    problem: text(),
    createdAt: createdAt(),
  },
  (table) => [
    uniqueIndex('scheduled_messages_client_key').on(table.senderId, table.clientKey),
    index('scheduled_messages_due')
      .on(table.sendAt)
      .where(sql`problem is null`),
    index('scheduled_messages_stuck')
      .on(table.sendAt)
      .where(sql`problem is not null`),
    index('scheduled_messages_conversation').on(table.conversationId, table.sendAt),
  ],
)
export type ScheduledRow = typeof scheduledMessages.$inferSelect

/** What was to be said later and will not be, for a day: asked for again under its key, it is not held anew. */
export const takenBack = pgTable(
  'taken_back',
  {
    senderId: uuid('sender_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    clientKey: text('client_key').notNull(),
    at: at('at').notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.senderId, table.clientKey] }),
    index('taken_back_by_age').on(table.at),
  ],
)
