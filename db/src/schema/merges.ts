import { index, jsonb, pgTable, uuid } from 'drizzle-orm/pg-core'
import { at, createdAt, id } from './columns.ts'
import { contacts } from './contacts.ts'
import { users } from './users.ts'

/** Two contacts that turned out to be one person, with what it takes to part them again. */
export const contactMerges = pgTable(
  'contact_merges',
  {
    id: id(),
    keptId: uuid('kept_id')
      .notNull()
      .references(() => contacts.id, { onDelete: 'cascade' }),
    /** The contact that went, its addresses, and what the two shared from then on. */
    merged: jsonb().notNull(),
    mergedBy: uuid('merged_by').references(() => users.id, { onDelete: 'set null' }),
    createdAt: createdAt(),
    undoneAt: at('undone_at'),
  },
  (table) => [index('contact_merges_kept').on(table.keptId, table.createdAt.desc())],
)
