import { sql } from 'drizzle-orm'
import type { FeedEventType } from '@partyline/contracts/feed'
import type { Db } from '../client.ts'

export interface Change {
  type: FeedEventType
  subjectId: string
  /** Needed wherever the thing belongs to a conversation: it decides who is told. */
  conversationId?: string
}

/** Writes to the feed, in the transaction that makes the change. Before a delete, not after it. */
export async function recordChanges(db: Db, changes: Change[]): Promise<void> {
  const types = changes.map((change) => change.type)
  const subjects = changes.map((change) => change.subjectId)
  const inConversations = changes.map((change) => change.conversationId ?? null)
  await db.execute(sql`
    insert into events (type, subject_id, conversation_id, owner_id)
    select change.type, change.subject_id, change.conversation_id,
      case conversations.visibility when 'private' then conversations.owner_id end
    from unnest(${sql.param(types)}::text[], ${sql.param(subjects)}::uuid[], ${sql.param(inConversations)}::uuid[])
      with ordinality as change (type, subject_id, conversation_id, position)
    left join conversations on conversations.id = change.conversation_id
    order by change.position
  `)
}
