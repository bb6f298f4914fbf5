import { sql } from 'drizzle-orm'
import type { Db } from '../client.ts'
import type { ConversationRow } from '../schema/conversations.ts'
import type { MessageRow } from '../schema/messages.ts'

interface FanOut {
  /** The author's own address: nobody gets their own text back. */
  except: string | null
  /** Null for everybody. */
  onlyTo: string | null
  /** What each part costs of the line's rate; one for each part. */
  segments: number[]
  awaitsMedia: boolean
}

/** How long a picture may keep a text waiting before the text goes without it. */
const mediaPatience = sql`interval '60 seconds'`

/**
 * One delivery for each recipient, in one statement whatever their number. Our own lines are never
 * recipients: two groups that are members of each other would text for ever.
 */
export async function fanOut(
  tx: Db,
  message: MessageRow,
  kind: ConversationRow['kind'],
  { except, onlyTo, segments, awaitsMedia }: FanOut,
): Promise<number> {
  const dueAt = awaitsMedia ? sql`now() + ${mediaPatience}` : sql`now()`
  const recipients =
    kind === 'group'
      ? sql`select members.id as member_id, members.address, 1 as priority from members
          where members.conversation_id = ${message.conversationId}
            and members.left_at is null and members.address is not null
            and members.address is distinct from ${except}
            and members.address = coalesce(${onlyTo}, members.address)
            and not exists (select from lines where lines.address = members.address)`
      : sql`select null::uuid as member_id, conversations.address, 0 as priority from conversations
          where conversations.id = ${message.conversationId} and conversations.address is not null`
  const result = await tx.execute(sql`
    insert into deliveries
      (message_id, conversation_id, line_id, member_id, address, part, segments, seq, priority, next_at)
    select ${message.id}, conversations.id, conversations.line_id, recipient.member_id,
      recipient.address, piece.part, piece.segments, ${message.seq}, recipient.priority, ${dueAt}
    from conversations
    cross join (${recipients}) as recipient
    cross join unnest(${sql.param(segments)}::smallint[]) with ordinality as piece (segments, part)
    where conversations.id = ${message.conversationId}
  `)
  return result.count
}
