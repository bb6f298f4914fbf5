import { z } from 'zod'
import { contact } from './api/contacts.ts'
import { conversation } from './api/conversations.ts'
import { group, member } from './api/groups.ts'
import { label } from './api/labels.ts'
import { line } from './api/lines.ts'
import { message } from './api/messages.ts'
import { type Endpoint, page } from './http.ts'

/** A place in the feed. Opaque: compare for equality only. */
const cursor = z.string().max(100)
const at = { cursor }
const gone = { id: z.uuid() }

/**
 * One change, carrying the thing as it is when the event is read, so applying an event twice or
 * skipping to a later one of the same thing is harmless.
 */
export const feedEvent = z.discriminatedUnion('type', [
  z.object({ ...at, type: z.literal('conversation.changed'), conversation }),
  z.object({ ...at, type: z.literal('conversation.deleted'), ...gone }),
  z.object({ ...at, type: z.literal('message.created'), message }),
  z.object({ ...at, type: z.literal('message.changed'), message }),
  /** What waits for its time in a conversation: ask for the list again. */
  z.object({ ...at, type: z.literal('scheduled.changed'), conversationId: z.uuid() }),
  z.object({ ...at, type: z.literal('member.changed'), member }),
  z.object({ ...at, type: z.literal('member.removed'), ...gone, conversationId: z.uuid() }),
  z.object({ ...at, type: z.literal('contact.changed'), contact }),
  z.object({ ...at, type: z.literal('contact.deleted'), ...gone }),
  z.object({ ...at, type: z.literal('group.changed'), group }),
  z.object({ ...at, type: z.literal('line.changed'), line }),
  z.object({ ...at, type: z.literal('label.changed'), label }),
  z.object({ ...at, type: z.literal('label.deleted'), ...gone }),
  /** Something about the installation as a whole: ask `GET /api/system`. */
  z.object({ ...at, type: z.literal('system.changed') }),
])
export type FeedEvent = z.infer<typeof feedEvent>
export type FeedEventType = FeedEvent['type']

export const feedEndpoints = {
  list: {
    method: 'GET',
    path: '/api/feed',
    summary:
      'Changes after a cursor, oldest first, and the new cursor. Without `after`: the present cursor. 410: too long ago, reload',
    access: 'user',
    query: page.pick({ limit: true }).extend({ after: cursor.optional() }),
    reply: z.object({ items: z.array(feedEvent), cursor, hasMore: z.boolean() }),
  },
} as const satisfies Record<string, Endpoint>

/** A user, as colleagues see each other. */
export interface Colleague {
  id: string
  name: string
}

/** All colleagues a conversation is about, each time, whoever listens among them. Nobody stores it. */
export interface Colleagues {
  conversationId: string
  users: Colleague[]
}

/** How many conversations one window may follow, and how many it may watch. */
export const maxFollowed = 50

/** Socket.IO, server to browser. `head`: everything up to this cursor has been sent on this connection. */
export interface ServerToClient {
  feed: (event: FeedEvent) => void
  head: (at: { cursor: string }) => void
  /** Who looks at a conversation that this window follows or watches. */
  presence: (now: Colleagues) => void
  /** Who is writing in it. */
  typing: (now: Colleagues) => void
}

/**
 * Browser to server. Changes of the list (conversations, contacts, groups, lines) come unasked; those
 * inside a conversation (messages, members) only to who follows it. `ok` is false for a conversation
 * this user may not see.
 */
export interface ClientToServer {
  follow: (conversationId: string, ack: (answer: { ok: boolean }) => void) => void
  unfollow: (conversationId: string) => void
  /** The conversations in sight, all of them each time: who is there and who writes, but no messages. */
  watch: (conversationIds: string[]) => void
  /** Somebody looks at a conversation that this window follows, or no longer. */
  presence: (conversationId: string, here: boolean) => void
  /** Somebody writes in it. Said again every few seconds, and forgotten when it is not. */
  typing: (conversationId: string, writing: boolean) => void
}
