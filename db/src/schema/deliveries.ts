import { sql } from 'drizzle-orm'
import {
  bigint,
  index,
  integer,
  jsonb,
  pgEnum,
  pgTable,
  primaryKey,
  smallint,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { deliveryStates } from '@partyline/contracts/delivery-status'
import { at, createdAt, id } from './columns.ts'
import { messages } from './messages.ts'

export const deliveryState = pgEnum('delivery_state', deliveryStates)

export const deliveries = pgTable(
  'deliveries',
  {
    id: id(),
    messageId: uuid('message_id')
      .notNull()
      .references(() => messages.id, { onDelete: 'cascade' }),
    // Of these three the message is proof: as foreign keys they would be looked up 30,000 times in a
    // fan-out to 10,000 (docs/adr/0013).
    conversationId: uuid('conversation_id').notNull(),
    lineId: uuid('line_id').notNull(),
    memberId: uuid('member_id'),
    address: text().notNull(),
    /** A relayed text with its name in front may pass Twilio's 1,600 characters: then it goes in parts. */
    part: smallint().notNull().default(1),
    /** The message's place in its conversation. (conversation, address) is a lane, (seq, part) its order. */
    seq: bigint({ mode: 'number' }).notNull(),
    /** 0: somebody is waiting for it. 1: one of many. */
    priority: smallint().notNull().default(0),

    state: deliveryState().notNull().default('queued'),
    nextAt: at('next_at').notNull().defaultNow(),
    /** Counts claims, and is the fence: a result is only taken from the claim that is current. */
    attempt: integer().notNull().default(0),
    attemptAt: at('attempt_at'),
    leaseUntil: at('lease_until'),

    /** While the outcome is unknown: how often Twilio's list was looked at, and how often that settled it as absent. */
    checks: smallint().notNull().default(0),
    absences: smallint().notNull().default(0),
    /** Sent again by ourselves, where Twilio's reason says that it helps. */
    autoRetries: smallint('auto_retries').notNull().default(0),
    /** What it costs of a line's rate. */
    segments: smallint().notNull().default(1),

    twilioSid: text('twilio_sid'),
    status: text(),
    statusRank: smallint('status_rank').notNull().default(0),
    errorCode: integer('error_code'),
    /** When Twilio was asked what became of it, because no callback said. */
    receiptAskedAt: at('receipt_asked_at'),
    /** A reason of our own, where Twilio gave none: `opted_out`, `unreachable` … */
    cause: text(),
    createdAt: createdAt(),
    updatedAt: at('updated_at').notNull().defaultNow(),
  },
  (table) => [
    uniqueIndex('deliveries_once').on(table.messageId, table.address, table.part),
    uniqueIndex('deliveries_sid')
      .on(table.twilioSid)
      .where(sql`twilio_sid is not null`),
    index('deliveries_lane')
      .on(table.conversationId, table.address, table.seq, table.part)
      .where(sql`state in ('queued', 'sending', 'unknown')`),
    index('deliveries_due')
      .on(table.lineId, table.priority, table.nextAt)
      .where(sql`state = 'queued'`),
    index('deliveries_leased')
      .on(table.leaseUntil)
      .where(sql`state = 'sending'`),
    index('deliveries_unknown')
      .on(table.nextAt)
      .where(sql`state = 'unknown'`),
    index('deliveries_held')
      .on(table.cause, table.createdAt)
      .where(sql`state = 'review'`),
    // What failed is rare, and looked for by when it was begun.
    index('deliveries_failed')
      .on(table.id)
      .where(
        sql`state = 'failed' or (state = 'accepted' and status in ('failed', 'undelivered', 'canceled'))`,
      ),
    index('deliveries_without_receipt')
      .on(table.attemptAt)
      .where(sql`state = 'accepted' and status_rank < 6 and cause is null`),
  ],
)
export type DeliveryRow = typeof deliveries.$inferSelect

/** Every time Twilio was asked to send, and what came of it. A SID in here is never bound to another delivery. */
export const sendAttempts = pgTable(
  'send_attempts',
  {
    deliveryId: uuid('delivery_id')
      .notNull()
      .references(() => deliveries.id, { onDelete: 'cascade' }),
    attempt: integer().notNull(),
    /** The state the attempt left the delivery in. */
    outcome: text().notNull(),
    twilioSid: text('twilio_sid').unique(),
    errorCode: integer('error_code'),
    claimedAt: at('claimed_at'),
    /** When its outcome was known. */
    at: at('at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.deliveryId, table.attempt] })],
)

/** Every status that Twilio told, once. Those that match no delivery wait here until one does. */
export const statusEvents = pgTable(
  'status_events',
  {
    messageSid: text('message_sid').notNull(),
    status: text().notNull(),
    /** `asked`: no callback had said so when Twilio was asked. */
    source: text({ enum: ['callback', 'asked'] })
      .notNull()
      .default('callback'),
    /** contracts/src/delivery-status.ts: only a higher one replaces what a delivery shows. */
    rank: smallint().notNull(),
    deliveryId: uuid('delivery_id'),
    attempt: integer(),
    errorCode: integer('error_code'),
    params: jsonb().notNull(),
    receivedAt: at('received_at').notNull().defaultNow(),
    appliedAt: at('applied_at'),
  },
  (table) => [
    primaryKey({ columns: [table.messageSid, table.status] }),
    index('status_events_waiting')
      .on(table.receivedAt)
      .where(sql`applied_at is null`),
  ],
)
export type StatusEventRow = typeof statusEvents.$inferSelect
