import { sql } from 'drizzle-orm'
import { pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { at, createdAt, id } from './columns.ts'
import { users } from './users.ts'

/** What is said often, taken into the composer by typing `/` and its name. */
export const savedReplies = pgTable(
  'saved_replies',
  {
    id: id(),
    name: text().notNull(),
    body: text().notNull(),
    createdBy: uuid('created_by').references(() => users.id, { onDelete: 'set null' }),
    createdAt: createdAt(),
    updatedAt: at('updated_at').notNull().defaultNow(),
  },
  (table) => [uniqueIndex('saved_replies_name').on(sql`lower(${table.name})`)],
)
