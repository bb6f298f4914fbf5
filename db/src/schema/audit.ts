import { sql } from 'drizzle-orm'
import { index, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import type { AuditAction, AuditEntry } from '@partyline/contracts/api/audit'
import { createdAt, id } from './columns.ts'

/**
 * Who did what, one row an action, in the transaction of the action. Rows are added only: triggers
 * (migration 0001) refuse everything else. No foreign keys, as they would change or remove rows.
 */
export const audit = pgTable(
  'audit',
  {
    id: id(),
    action: text().$type<AuditAction>().notNull(),
    userId: uuid('user_id'),
    subject: text(),
    ip: text(),
    details: jsonb()
      .$type<AuditEntry['details']>()
      .notNull()
      .default(sql`'{}'`),
    createdAt: createdAt(),
  },
  (table) => [
    index('audit_user').on(table.userId, table.id),
    index('audit_action').on(table.action, table.id),
  ],
)
export type AuditRow = typeof audit.$inferSelect
