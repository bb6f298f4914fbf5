import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  index,
  integer,
  pgEnum,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import {
  conversationKinds,
  conversationStatuses,
  visibilities,
} from '@partyline/contracts/api/conversations'
import { memberKinds } from '@partyline/contracts/api/groups'
import { at, createdAt, id } from './columns.ts'
import { contactImports, contacts } from './contacts.ts'
import { lines } from './lines.ts'
import { users } from './users.ts'

export const conversationKind = pgEnum('conversation_kind', conversationKinds)
export const conversationStatus = pgEnum('conversation_status', conversationStatuses)
export const visibility = pgEnum('visibility', visibilities)
export const memberKind = pgEnum('member_kind', memberKinds)

export const conversations = pgTable(
  'conversations',
  {
    id: id(),
    kind: conversationKind().notNull(),
    lineId: uuid('line_id').references(() => lines.id, { onDelete: 'cascade' }),
    /** Direct: the one person, and the address of theirs that this thread is with. */
    contactId: uuid('contact_id').references(() => contacts.id, { onDelete: 'cascade' }),
    address: text(),
    /** Group and web. A direct conversation shows its contact's name. */
    name: text(),
    status: conversationStatus().notNull().default('open'),
    visibility: visibility().notNull().default('shared'),
    /** Somebody said, or did, or came to say something there. False: made with its contact and not touched since. */
    begun: boolean().notNull().default(true),
    ownerId: uuid('owner_id').references(() => users.id, { onDelete: 'set null' }),
    assigneeId: uuid('assignee_id').references(() => users.id, { onDelete: 'set null' }),

    /** Set just while it is snoozed. */
    snoozedUntil: at('snoozed_until'),
    /** The oldest inbound text that no person has answered. */
    waitingSince: at('waiting_since'),

    /** The row lock on this counter is what gives a conversation its one order. */
    lastSeq: bigint('last_seq', { mode: 'number' }).notNull().default(0),
    /** Unread is the difference of these two, so reading is moving a pointer, never counting down. */
    inboundCount: bigint('inbound_count', { mode: 'number' }).notNull().default(0),
    readCount: bigint('read_count', { mode: 'number' }).notNull().default(0),

    /** The list row, kept here so the list never reads messages. */
    lastMessageAt: at('last_message_at').notNull().defaultNow(),
    lastMessageId: uuid('last_message_id'),
    lastDirection: text('last_direction', { enum: ['inbound', 'outbound'] }),
    lastAuthorName: text('last_author_name'),
    lastPreview: text('last_preview'),
    lastMediaCount: integer('last_media_count').notNull().default(0),
    createdAt: createdAt(),
  },
  (table) => [
    uniqueIndex('conversations_direct')
      .on(table.lineId, table.address)
      .where(sql`kind = 'direct'`),
    uniqueIndex('conversations_group')
      .on(table.lineId)
      .where(sql`kind = 'group'`),
    index('conversations_list').on(table.status, table.lastMessageAt.desc(), table.id.desc()),
    index('conversations_contact').on(table.contactId),
    index('conversations_of_line').on(
      table.lineId,
      table.status,
      table.lastMessageAt.desc(),
      table.id.desc(),
    ),
    index('conversations_unread')
      .on(table.status, table.lastMessageAt.desc(), table.id.desc())
      .where(sql`inbound_count > read_count`),
    // With nobody's, which are looked for too.
    index('conversations_assigned').on(
      table.assigneeId,
      table.status,
      table.lastMessageAt.desc(),
      table.id.desc(),
    ),
    // The others are few among very many.
    index('conversations_not_direct')
      .on(table.kind, table.status, table.lastMessageAt.desc(), table.id.desc())
      .where(sql`kind <> 'direct'`),
    index('conversations_snoozed')
      .on(table.snoozedUntil)
      .where(sql`snoozed_until is not null`),
    index('conversations_waiting')
      .on(table.waitingSince, table.id)
      .where(sql`waiting_since is not null and status = 'open'`),
  ],
)
export type ConversationRow = typeof conversations.$inferSelect

/** What only a group has. Its id is its conversation's. */
export const groups = pgTable('groups', {
  conversationId: uuid('conversation_id')
    .primaryKey()
    .references(() => conversations.id, { onDelete: 'cascade' }),
  adminName: text('admin_name').notNull().default('Admin'),
  announce: boolean().notNull().default(true),
  /** While set, members' texts are kept and passed on to nobody. */
  pausedAt: at('paused_at'),
})

export const members = pgTable(
  'members',
  {
    id: id(),
    conversationId: uuid('conversation_id')
      .notNull()
      .references(() => conversations.id, { onDelete: 'cascade' }),
    kind: memberKind().notNull(),
    contactId: uuid('contact_id').references(() => contacts.id, { onDelete: 'cascade' }),
    userId: uuid('user_id').references(() => users.id, { onDelete: 'cascade' }),
    name: text().notNull(),
    address: text(),
    joinedAt: at('joined_at').notNull().defaultNow(),
    leftAt: at('left_at'),
  },
  (table) => [
    uniqueIndex('members_address')
      .on(table.conversationId, table.address)
      .where(sql`left_at is null`),
    uniqueIndex('members_user')
      .on(table.conversationId, table.userId)
      .where(sql`left_at is null`),
    index('members_contact').on(table.contactId),
    index('members_of_group').on(table.conversationId, table.joinedAt),
  ],
)
export type MemberRow = typeof members.$inferSelect

/** Whom a list brought into its group, so that undoing it takes out those who are as it brought them. */
export const contactImportMembers = pgTable(
  'contact_import_members',
  {
    importId: uuid('import_id')
      .notNull()
      .references(() => contactImports.id, { onDelete: 'cascade' }),
    memberId: uuid('member_id')
      .notNull()
      .references(() => members.id, { onDelete: 'cascade' }),
    nameGiven: text('name_given').notNull(),
    addressGiven: text('address_given').notNull(),
    /** The group's last message before they came: what has a higher number, they may have said or been sent. */
    afterSeq: bigint('after_seq', { mode: 'number' }).notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.importId, table.memberId] }),
    index('contact_import_members_member').on(table.memberId),
  ],
)
