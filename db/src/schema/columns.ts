import { sql } from 'drizzle-orm'
import { customType, timestamp, uuid } from 'drizzle-orm/pg-core'

/** Version 7, so ids grow with time and index pages fill in order. */
export const id = () =>
  uuid()
    .primaryKey()
    .default(sql`uuidv7()`)

export const at = (name: string) => timestamp(name, { withTimezone: true })
export const createdAt = () => at('created_at').notNull().defaultNow()

/** A transaction id that never wraps. */
export const xid8 = customType<{ data: string }>({ dataType: () => 'xid8' })
export const bytea = customType<{ data: Buffer }>({ dataType: () => 'bytea' })
