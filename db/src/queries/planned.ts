import { type SQL, sql } from 'drizzle-orm'
import { conversations } from '../schema/conversations.ts'
import { scheduledMessages } from '../schema/scheduled.ts'

/** It goes out by itself, and does not wait just so that its author can take it back. */
const isPlanned = (text: SQL) =>
  sql`${text}.problem is null and ${text}.send_at > ${text}.created_at + interval '61 seconds'`

/** When the next text of a conversation goes out. */
export const nextSendAt = sql<string | null>`(
  select min(later.send_at) from ${scheduledMessages} as later
  where later.conversation_id = ${conversations.id} and ${isPlanned(sql`later`)})`

/** Conversations that have such a text, each with its `next`: read in the order of their times. */
export const withNext = sql`${scheduledMessages} as next
  join ${conversations} on ${conversations.id} = next.conversation_id
    and ${isPlanned(sql`next`)} and not exists (
      select from ${scheduledMessages} as earlier
      where earlier.conversation_id = next.conversation_id and ${isPlanned(sql`earlier`)}
        and (earlier.send_at, earlier.id) < (next.send_at, next.id))`
