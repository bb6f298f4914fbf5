import { sql } from 'drizzle-orm'
import { bigserial, index, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import type { FeedEventType } from '@partyline/contracts/feed'
import { createdAt, xid8 } from './columns.ts'

/**
 * What changed, written in the transaction that changed it. Read in the order (xid, id) and only below
 * the oldest transaction still running, so nothing can appear behind a cursor, and no writer waits for
 * another (docs/adr/0004).
 */
export const events = pgTable(
  'events',
  {
    id: bigserial({ mode: 'bigint' }).primaryKey(),
    xid: xid8()
      .notNull()
      .default(sql`pg_current_xact_id()`),
    type: text().$type<FeedEventType>().notNull(),
    /** The conversation, message, member, contact or line that changed. */
    subjectId: uuid('subject_id').notNull(),
    conversationId: uuid('conversation_id'),
    /** Of a private conversation: nobody else is told, not even that something happened. */
    ownerId: uuid('owner_id'),
    createdAt: createdAt(),
  },
  (table) => [index('events_order').on(table.xid, table.id)],
)
export type EventRow = typeof events.$inferSelect
