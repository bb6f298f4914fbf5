import { z } from 'zod'
import { type Endpoint, page, pageOf, time } from '../http.ts'
import { contact } from './contacts.ts'
import { conversation } from './conversations.ts'
import { messageKinds } from './messages.ts'

export const searchKinds = ['conversations', 'contacts', 'messages'] as const

/** A message with the words that were looked for, and where to find it: `seq` in its conversation. */
export const foundMessage = z.object({
  id: z.uuid(),
  conversationId: z.uuid(),
  conversationName: z.string(),
  seq: z.int(),
  kind: z.enum(messageKinds),
  direction: z.enum(['inbound', 'outbound']),
  authorName: z.string(),
  /** A part of the text around the first match. `matches` are places in `text`, from the first character to behind the last. */
  snippet: z.object({
    text: z.string(),
    matches: z.array(z.object({ start: z.int(), end: z.int() })),
  }),
  createdAt: time,
})
export type FoundMessage = z.infer<typeof foundMessage>

const kind = searchKinds.join('|')

export const searchEndpoints = {
  search: {
    method: 'GET',
    path: '/api/search',
    summary:
      'Conversations and contacts by part of a name or number, messages by their words (the last one may be unfinished), newest first. `cursor` goes on with the messages',
    access: 'user',
    query: page.extend({
      q: z.string().trim().min(1).max(100),
      /** Which, with commas between; without: all. */
      kinds: z
        .string()
        .regex(new RegExp(`^(${kind})(,(${kind}))*$`))
        .optional(),
    }),
    reply: z.object({
      conversations: z.array(conversation),
      contacts: z.array(contact),
      messages: pageOf(foundMessage),
    }),
  },
} as const satisfies Record<string, Endpoint>
