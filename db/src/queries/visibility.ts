import { type SQL, sql } from 'drizzle-orm'
import { contacts } from '../schema/contacts.ts'
import { conversations, members } from '../schema/conversations.ts'

/**
 * The one rule of who sees a conversation: a web conversation is its members', a private one its
 * owner's, everything else everybody's. Every read and write for a user carries it.
 */
export function visibleTo(viewerId: string | SQL): SQL {
  return sql`case
    when ${conversations.kind} = 'web' then exists (
      select from ${members} as seat where seat.conversation_id = ${conversations.id}
        and seat.user_id = ${viewerId} and seat.left_at is null)
    when ${conversations.visibility} = 'private' then ${conversations.ownerId} = ${viewerId}
    else true
  end`
}

/**
 * Who sees a contact: its owner, and everybody once it has a shared conversation or sits in a group.
 * A contact of nobody (they texted first) is seen unless all it has is somebody else's private thread.
 */
export function contactVisibleTo(viewerId: string): SQL {
  // Not `exists`: for it Postgres would first collect all conversations there are, for a page of twenty.
  return sql`coalesce(
    ${contacts.ownerId} = ${viewerId}
    or (select true from ${conversations} where ${conversations.contactId} = ${contacts.id}
      and ${visibleTo(viewerId)} limit 1)
    or (select true from ${members} as seat where seat.contact_id = ${contacts.id} limit 1)
    or (${contacts.ownerId} is null and (select true from ${conversations}
      where ${conversations.contactId} = ${contacts.id} limit 1) is null),
    false)`
}
