import type { Conversation } from '@partyline/contracts/api/conversations'
import type { Line } from '@partyline/contracts/api/lines'
import type { Message } from '@partyline/contracts/api/messages'
import type { Db } from '@partyline/db/client'
import { viewConversations } from '@partyline/db/views/conversation'
import { viewLines } from '@partyline/db/views/line'
import { viewMessages } from '@partyline/db/views/message'
import { sql } from 'drizzle-orm'

/** What every dashboard is to show. */
export interface Truth {
  messages: Message[]
  conversations: Conversation[]
  lines: Line[]
}

export async function readTruth(db: Db): Promise<Truth> {
  const [ids] = await db.execute<Record<keyof Truth, string[]>>(sql`
    select (select coalesce(json_agg(id), '[]') from messages) as messages,
      (select coalesce(json_agg(id), '[]') from conversations where status = 'open') as conversations,
      (select coalesce(json_agg(id), '[]') from lines) as lines
  `)
  if (!ids) throw new Error('Postgres did not say what there is')
  const truth = {
    messages: [...(await viewMessages(db, ids.messages)).values()],
    conversations: [...(await viewConversations(db, ids.conversations)).values()],
    lines: [...(await viewLines(db, ids.lines)).values()],
  }
  // As it goes over the wire.
  return JSON.parse(JSON.stringify(truth)) as Truth
}
