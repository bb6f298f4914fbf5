import { sql } from 'drizzle-orm'
import { check, index, pgTable, primaryKey, smallint, text, uuid } from 'drizzle-orm/pg-core'
import { at, createdAt, id } from './columns.ts'
import { conversations } from './conversations.ts'
import { sessions, users } from './users.ts'

/** How push services know Partyline: one pair of keys, for ever, as browsers subscribe to it (ADR 33). */
export const vapidKeys = pgTable(
  'vapid_keys',
  {
    id: smallint().primaryKey().default(1),
    publicKey: text('public_key').notNull(),
    privateKey: text('private_key').notNull(),
    createdAt: createdAt(),
  },
  (table) => [check('vapid_keys_one', sql`${table.id} = 1`)],
)

/** A browser that is told also while no window of Partyline is open: as long as its session. */
export const pushSubscriptions = pgTable('push_subscriptions', {
  id: id(),
  userId: uuid('user_id')
    .notNull()
    .references(() => users.id, { onDelete: 'cascade' }),
  sessionId: uuid('session_id')
    .notNull()
    .unique()
    .references(() => sessions.id, { onDelete: 'cascade' }),
  /** Whoever knows it can reach this browser, so it is in no log. */
  endpoint: text().notNull().unique(),
  p256dh: text().notNull(),
  auth: text().notNull(),
  /** When its session ends: those who send may not look into sessions. */
  endsAt: at('ends_at').notNull(),
  createdAt: createdAt(),
})

/** What a browser is still to be told: the newest text of each conversation, gone once it is told. */
export const pushNotices = pgTable(
  'push_notices',
  {
    subscriptionId: uuid('subscription_id')
      .notNull()
      .references(() => pushSubscriptions.id, { onDelete: 'cascade' }),
    conversationId: uuid('conversation_id')
      .notNull()
      .references(() => conversations.id, { onDelete: 'cascade' }),
    messageId: uuid('message_id').notNull(),
    tries: smallint().notNull().default(0),
    /** When it may be sent. Ahead while somebody is at it, or the push service asked for a pause. */
    dueAt: at('due_at').notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.subscriptionId, table.conversationId] }),
    index('push_notices_due').on(table.dueAt),
  ],
)
