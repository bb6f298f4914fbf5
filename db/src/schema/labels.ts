import { sql } from 'drizzle-orm'
import { index, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import type { LabelColor } from '@partyline/contracts/label-colors'
import { createdAt, id } from './columns.ts'
import { conversations } from './conversations.ts'

export const labels = pgTable(
  'labels',
  {
    id: id(),
    name: text().notNull(),
    /** One of the dashboard's palette, by name. */
    color: text().$type<LabelColor>().notNull(),
    createdAt: createdAt(),
  },
  (table) => [uniqueIndex('labels_name').on(sql`lower(${table.name})`)],
)
export type LabelRow = typeof labels.$inferSelect

export const conversationLabels = pgTable(
  'conversation_labels',
  {
    conversationId: uuid('conversation_id')
      .notNull()
      .references(() => conversations.id, { onDelete: 'cascade' }),
    labelId: uuid('label_id')
      .notNull()
      .references(() => labels.id, { onDelete: 'cascade' }),
  },
  (table) => [
    primaryKey({ columns: [table.conversationId, table.labelId] }),
    index('conversation_labels_label').on(table.labelId, table.conversationId),
  ],
)
