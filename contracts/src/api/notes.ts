import { z } from 'zod'
import { byId, type Endpoint, page } from '../http.ts'
import { message } from './messages.ts'

/** Colleagues may need more words than a text has. */
export const maxNoteLength = 5_000

/** What colleagues write among themselves in a conversation: messages of kind `note`. */
export const noteEndpoints = {
  write: {
    method: 'POST',
    path: '/api/conversations/:id/notes',
    summary:
      'Write a note among colleagues: no phone ever gets it. The same `clientKey` again gives the same note',
    access: 'user',
    params: byId,
    body: z.strictObject({
      body: z.string().trim().min(1).max(maxNoteLength),
      clientKey: z.string().min(1).max(100),
    }),
    reply: message,
  },
  list: {
    method: 'GET',
    path: '/api/conversations/:id/notes',
    summary:
      'Notes of a conversation, newest first; of a direct one, those of all conversations with this contact',
    access: 'user',
    params: byId,
    query: page.pick({ limit: true }),
    reply: z.object({ items: z.array(message) }),
  },
} as const satisfies Record<string, Endpoint>
