import { and, eq, sql } from 'drizzle-orm'
import { AppError } from '@partyline/contracts/errors'
import type { Db } from '../client.ts'
import { conversations } from '../schema/conversations.ts'
import { messages } from '../schema/messages.ts'
import { postMessage } from './post-message.ts'
import { visibleTo } from './visibility.ts'

interface Note {
  conversationId: string
  user: { id: string; name: string }
  body: string
  clientKey: string
}

/** Keeps what colleagues are to know, once for each `clientKey` of its author. No phone ever gets it. */
export async function writeNote(
  tx: Db,
  { conversationId, user, body, clientKey }: Note,
): Promise<string> {
  // As sendMessage does: of parallel requests with one key, one writes and the others find its note.
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${user.id + clientKey}, 0))`)
  const [known] = await tx
    .select()
    .from(messages)
    .where(and(eq(messages.senderId, user.id), eq(messages.clientKey, clientKey)))
  if (known) {
    const same = known.conversationId === conversationId && known.body === body
    if (same && known.kind === 'note') return known.id
    throw new AppError(
      'client_key_reused',
      'This clientKey was used for another message. Make a new one for each message.',
    )
  }
  const seen = await tx
    .select({ id: conversations.id })
    .from(conversations)
    .where(and(eq(conversations.id, conversationId), visibleTo(user.id)))
    .for('no key update')
  if (seen.length === 0) throw new AppError('not_found', 'There is no such conversation.')
  const { message } = await postMessage(tx, {
    ...{ conversationId, kind: 'note', direction: 'outbound', body, clientKey },
    author: { kind: 'user', id: user.id, name: user.name, address: null },
    senderId: user.id,
  })
  return message.id
}
