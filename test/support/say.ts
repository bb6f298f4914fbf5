import type { Db } from '@partyline/db/client'
import { postMessage } from '@partyline/db/queries/post-message'

/** A text from the dashboard, with its deliveries queued. */
export const say = (db: Db, conversationId: string, body: string) =>
  db.transaction((tx) =>
    postMessage(tx, {
      conversationId,
      kind: 'text',
      direction: 'outbound',
      author: { kind: 'system', id: null, name: 'Admin', address: null },
      body,
    }),
  )
