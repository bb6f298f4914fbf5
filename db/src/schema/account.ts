import { sql } from 'drizzle-orm'
import { boolean, index, integer, pgEnum, pgTable, text } from 'drizzle-orm/pg-core'
import { connectingStates } from '@partyline/contracts/api/account'
import { at } from './columns.ts'

export const connectingState = pgEnum('connecting_state', connectingStates)

/**
 * What the Twilio account has that texts may come in by, as it was when last looked at: its numbers, and
 * its Messaging Services, whose address is their own SID. A webhook that is not set is ''.
 */
export const accountNumbers = pgTable(
  'account_numbers',
  {
    sid: text().primaryKey(),
    address: text().notNull(),
    name: text().notNull(),
    sms: boolean().notNull(),
    mms: boolean().notNull(),
    smsUrl: text('sms_url').notNull(),
    smsMethod: text('sms_method').notNull(),
    smsFallbackUrl: text('sms_fallback_url').notNull(),
    smsFallbackMethod: text('sms_fallback_method').notNull(),
    smsApplicationSid: text('sms_application_sid').notNull(),
    /** The Messaging Service in whose pool it is. */
    serviceSid: text('service_sid'),
    /** Of a Messaging Service: each of its numbers answers for itself. */
    leavesToNumbers: boolean('leaves_to_numbers').notNull().default(false),
    foundAt: at('found_at').notNull(),
    state: connectingState().notNull().default('idle'),
    /** What somebody agreed to have its webhook taken from; null: only a webhook that is nobody's is changed. */
    replaces: text(),
    /** The try under way: a result counts for its own try only. */
    attempt: integer().notNull().default(0),
    /** When to try next; while one tries, when that counts as given up. */
    tryAt: at('try_at'),
    /** Why the last try did not set the webhooks. */
    problem: text(),
  },
  (table) => [
    index('account_numbers_address').on(table.address),
    index('account_numbers_connecting')
      .on(table.tryAt)
      .where(sql`state = 'connecting'`),
  ],
)
export type AccountNumberRow = typeof accountNumbers.$inferSelect

/** Looking at the account, in turns: a row for each thing that is looked at. */
export const accountLooks = pgTable('account_looks', {
  name: text().primaryKey(),
  /** When somebody asked, until that is answered. */
  wantedAt: at('wanted_at'),
  nextAt: at('next_at').notNull().defaultNow(),
  /** Who looks has it until then. */
  leaseUntil: at('lease_until'),
  /** The last look that saw everything. */
  lookedAt: at('looked_at'),
  /** Why the last look saw nothing. */
  problem: text(),
})
