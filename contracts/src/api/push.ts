import { z } from 'zod'
import type { Conversation } from './conversations.ts'
import { type Endpoint, nothing } from '../http.ts'

const base64url = z.string().regex(/^[\w-]+$/, 'must be base64url')

/** As a browser's `PushSubscription` writes itself. */
export const pushSubscription = z.object({
  endpoint: z.string().max(1_000),
  keys: z.object({ p256dh: base64url.length(87), auth: base64url.length(22) }),
})
export type PushSubscriptionKeys = z.infer<typeof pushSubscription>['keys']

/** What a browser is told of a text that came in: of its conversation what an open window would show. */
export type PushNotice = Pick<Conversation, 'id' | 'kind' | 'name' | 'lastMessage'>

export const pushEndpoints = {
  key: {
    method: 'GET',
    path: '/api/push/key',
    summary: 'The key a browser subscribes with, to be told of texts while Partyline is closed',
    access: 'user',
    reply: z.object({ publicKey: z.string() }),
  },
  subscribe: {
    method: 'POST',
    path: '/api/push/subscription',
    summary:
      'Tell this browser of texts while Partyline is closed, for as long as its session. In the place of what it subscribed with before',
    access: 'user',
    body: pushSubscription,
    reply: nothing,
  },
  unsubscribe: {
    method: 'DELETE',
    path: '/api/push/subscription',
    summary: 'Tell this browser no longer while Partyline is closed',
    access: 'user',
    reply: nothing,
  },
} as const satisfies Record<string, Endpoint>
