import { sql } from 'drizzle-orm'
import type { Db } from '../client.ts'

/** What somebody did with a conversation, in words. */
export interface Happening {
  conversationId: string
  body: string
}

/** Null: nobody did it, its time had come. */
export type Doer = { id: string; name: string } | null

/**
 * Puts what was done into the threads, in two statements whatever their number: never texted, no news for
 * the list, and nothing to read. The conversations are those of a transaction that has locked them.
 */
export async function postEvents(tx: Db, by: Doer, happenings: Happening[]): Promise<void> {
  if (happenings.length === 0) return
  const ids = happenings.map(({ conversationId }) => conversationId)
  const bodies = happenings.map(({ body }) => body)
  await tx.execute(sql`
    with happened as (
      select conversation_id, body, position,
        row_number() over (partition by conversation_id order by position) as step,
        count(*) over (partition by conversation_id) as steps
      from unnest(${sql.param(ids)}::uuid[], ${sql.param(bodies)}::text[])
        with ordinality as given (conversation_id, body, position)
    ), moved as (
      update conversations set last_seq = last_seq + counted.steps, begun = true
      from (select distinct conversation_id, steps from happened) as counted
      where conversations.id = counted.conversation_id
      returning conversations.id, last_seq, visibility, owner_id
    ), posted as (
      insert into messages (conversation_id, seq, kind, direction, author_kind, author_id, author_name, body)
      select moved.id, moved.last_seq - steps + step, 'event', 'outbound',
        ${by ? 'user' : 'system'}::author_kind, ${by?.id ?? null}::uuid, ${by?.name ?? 'Partyline'}, body
      from happened join moved on moved.id = happened.conversation_id
      order by position
      returning id, conversation_id
    )
    insert into events (type, subject_id, conversation_id, owner_id)
    select 'message.created', posted.id, moved.id,
      case moved.visibility when 'private' then moved.owner_id end
    from posted join moved on moved.id = posted.conversation_id
    order by posted.id
  `)
}
