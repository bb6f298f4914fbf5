import { sql } from 'drizzle-orm'
import {
  type AnyPgColumn,
  boolean,
  index,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { at, createdAt, id } from './columns.ts'
import { conversations } from './conversations.ts'
import { channelEnum, lines } from './lines.ts'
import { users } from './users.ts'

/** A list of people that somebody brought; its id is its maker's, so that a part of it may be brought again. */
export const contactImports = pgTable(
  'contact_imports',
  {
    id: uuid().primaryKey(),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    /** The group that it was brought into; null for a list of contacts. */
    groupId: uuid('group_id').references((): AnyPgColumn => conversations.id, {
      onDelete: 'cascade',
    }),
    /** Whether phones got a text of who came, and are to get one of who goes. */
    announced: boolean().notNull().default(false),
    createdAt: createdAt(),
    undoneAt: at('undone_at'),
  },
  (table) => [index('contact_imports_of_user').on(table.userId, table.createdAt.desc())],
)

export const contacts = pgTable(
  'contacts',
  {
    id: id(),
    name: text(),
    ownerId: uuid('owner_id').references(() => users.id, { onDelete: 'set null' }),
    /** The list it came with, while it is as that list made it. */
    importId: uuid('import_id').references(() => contactImports.id, { onDelete: 'set null' }),
    createdAt: createdAt(),
  },
  (table) => [
    index('contacts_by_name').on(sql`lower(${table.name})`, table.id),
    index('contacts_of_import')
      .on(table.importId)
      .where(sql`import_id is not null`),
  ],
)

/** What a list renamed, so that undoing it gives the names back that were there. */
export const contactImportRenames = pgTable(
  'contact_import_renames',
  {
    importId: uuid('import_id')
      .notNull()
      .references(() => contactImports.id, { onDelete: 'cascade' }),
    contactId: uuid('contact_id')
      .notNull()
      .references(() => contacts.id, { onDelete: 'cascade' }),
    nameBefore: text('name_before'),
    nameGiven: text('name_given').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.importId, table.contactId] }),
    index('contact_import_renames_contact').on(table.contactId),
  ],
)

export const addresses = pgTable(
  'addresses',
  {
    /** The spelling Twilio uses, prefix included. One person each. */
    address: text().primaryKey(),
    contactId: uuid('contact_id')
      .notNull()
      .references(() => contacts.id, { onDelete: 'cascade' }),
    channel: channelEnum().notNull(),
    createdAt: createdAt(),
  },
  (table) => [index('addresses_contact').on(table.contactId)],
)

/** One row for each time somebody left a line; `endedAt` is when they came back. */
export const optOuts = pgTable(
  'opt_outs',
  {
    id: id(),
    lineId: uuid('line_id')
      .notNull()
      .references(() => lines.id, { onDelete: 'cascade' }),
    address: text().notNull(),
    /** `keyword` they texted STOP; `twilio` Twilio refused with 21610. */
    source: text({ enum: ['keyword', 'twilio'] }).notNull(),
    createdAt: createdAt(),
    endedAt: at('ended_at'),
  },
  (table) => [
    uniqueIndex('opt_outs_active')
      .on(table.lineId, table.address)
      .where(sql`ended_at is null`),
    index('opt_outs_address').on(table.address),
  ],
)
