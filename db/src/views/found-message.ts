import { inArray } from 'drizzle-orm'
import type { FoundMessage } from '@partyline/contracts/api/search'
import type { Db } from '../client.ts'
import type { Word } from '../queries/word-query.ts'
import { messages } from '../schema/messages.ts'
import { viewConversations } from './conversation.ts'
import { snippetOf } from './snippet.ts'

/** Only those of conversations that the viewer may see. */
export async function viewFoundMessages(
  db: Db,
  ids: string[],
  { viewerId, words }: { viewerId: string; words: Word[] },
): Promise<Map<string, FoundMessage>> {
  if (ids.length === 0) return new Map()
  const rows = await db.select().from(messages).where(inArray(messages.id, ids))
  const conversationIds = [...new Set(rows.map(({ conversationId }) => conversationId))]
  const conversations = await viewConversations(db, conversationIds, viewerId)
  const found = rows.flatMap((row): FoundMessage[] => {
    const conversation = conversations.get(row.conversationId)
    if (!conversation) return []
    const { id, conversationId, seq, kind, direction, authorName } = row
    return [
      {
        ...{ id, conversationId, seq, kind, direction, authorName },
        conversationName: conversation.name,
        snippet: snippetOf(row.body, words),
        createdAt: row.createdAt.toISOString(),
      },
    ]
  })
  return new Map(found.map((message) => [message.id, message]))
}
