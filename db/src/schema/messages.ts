import { sql } from 'drizzle-orm'
import {
  bigint,
  index,
  integer,
  jsonb,
  pgEnum,
  pgTable,
  smallint,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { messageKinds } from '@partyline/contracts/api/messages'
import type { HeldCause } from '@partyline/contracts/held-causes'
import { at, createdAt, id } from './columns.ts'
import { conversations } from './conversations.ts'
import { users } from './users.ts'

export const messageKind = pgEnum('message_kind', messageKinds)
export const direction = pgEnum('direction', ['inbound', 'outbound'])
export const authorKind = pgEnum('author_kind', ['contact', 'user', 'guest', 'system'])

export interface MessageDetails {
  location?: { latitude: string; longitude: string; label: string | null; address: string | null }
}

/** What Twilio is asked to send instead of the body, which has the values in it. */
export interface SentTemplate {
  /** Twilio's `HX…`. Not a reference: the template may be gone from the account. */
  sid: string
  variables: Record<string, string>
}

export const messages = pgTable(
  'messages',
  {
    id: id(),
    conversationId: uuid('conversation_id')
      .notNull()
      .references(() => conversations.id, { onDelete: 'cascade' }),
    seq: bigint({ mode: 'number' }).notNull(),
    kind: messageKind().notNull().default('text'),
    direction: direction().notNull(),
    authorKind: authorKind('author_kind').notNull(),
    /** The contact or the user, by author kind. */
    authorId: uuid('author_id'),
    /** As it was then: a later rename must not change what phones were sent. */
    authorName: text('author_name').notNull(),
    authorAddress: text('author_address'),
    body: text().notNull(),
    template: jsonb().$type<SentTemplate>(),
    /** What makes a web send happen once: the sender's key, unique to the sender. */
    clientKey: text('client_key'),
    senderId: uuid('sender_id').references(() => users.id, { onDelete: 'set null' }),
    /** An inbound text's, or that of a text another program sent. Deliveries have their own. */
    twilioSid: text('twilio_sid').unique(),
    city: text(),
    state: text(),
    zip: text(),
    country: text(),
    details: jsonb().$type<MessageDetails>(),
    /** Why a member's text was kept from the others; null when it was not. */
    heldBecause: text('held_because').$type<HeldCause>(),
    /** Kept by a trigger on deliveries (migration 0001), so they cannot drift. */
    totalCount: integer('total_count').notNull().default(0),
    queuedCount: integer('queued_count').notNull().default(0),
    sentCount: integer('sent_count').notNull().default(0),
    deliveredCount: integer('delivered_count').notNull().default(0),
    failedCount: integer('failed_count').notNull().default(0),
    unknownCount: integer('unknown_count').notNull().default(0),
    /** What led to it, as W3C writes it, where traces are on: whoever sends goes on from there. */
    traceParent: text('trace_parent'),
    createdAt: createdAt(),
  },
  (table) => [
    uniqueIndex('messages_order').on(table.conversationId, table.seq),
    index('messages_auto_replies')
      .on(table.conversationId, table.createdAt)
      .where(sql`kind = 'auto_reply'`),
    uniqueIndex('messages_client_key').on(table.senderId, table.clientKey),
    // A group's activity is counted from here alone, without reading its messages.
    index('messages_texts')
      .on(table.conversationId, table.createdAt, table.authorId)
      .where(sql`kind = 'text'`),
    index('messages_notes')
      .on(table.conversationId, table.createdAt)
      .where(sql`kind = 'note'`),
  ],
)
export type MessageRow = typeof messages.$inferSelect

export const mediaState = pgEnum('media_state', ['pending', 'stored', 'failed'])

export const media = pgTable(
  'media',
  {
    id: id(),
    /** Null between upload and send. */
    messageId: uuid('message_id').references(() => messages.id, { onDelete: 'cascade' }),
    uploaderId: uuid('uploader_id').references(() => users.id, { onDelete: 'set null' }),
    position: smallint().notNull().default(0),
    state: mediaState().notNull(),
    contentType: text('content_type').notNull(),
    sizeBytes: integer('size_bytes'),
    fileName: text('file_name'),
    /** Of a picture, as it is looked at, so that its place is kept before it is there. */
    width: integer(),
    height: integer(),
    /** Twilio's ids of an inbound picture; its address is rebuilt from these, never taken from the webhook. */
    twilioMessageSid: text('twilio_message_sid'),
    twilioMediaSid: text('twilio_media_sid'),
    blobKey: text('blob_key'),
    attempts: integer().notNull().default(0),
    /** An unguessable address for Twilio to fetch from, and until when it works. */
    linkToken: text('link_token').unique(),
    linkExpiresAt: at('link_expires_at'),
    createdAt: createdAt(),
  },
  (table) => [index('media_message').on(table.messageId, table.position)],
)
export type MediaRow = typeof media.$inferSelect
