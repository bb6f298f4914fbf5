import { z } from 'zod'
import { channel } from '../channels.ts'
import { byId, type Endpoint, nothing, page, pageOf, time } from '../http.ts'

export const conversationKinds = ['direct', 'group', 'web'] as const
/** `snoozed`: out of the way until a time, or until the contact texts. */
export const conversationStatuses = ['open', 'snoozed', 'closed'] as const
export const visibilities = ['shared', 'private'] as const

export const conversation = z.object({
  id: z.uuid(),
  kind: z.enum(conversationKinds),
  status: z.enum(conversationStatuses),
  /** `private`: only the owner sees it. */
  visibility: z.enum(visibilities),
  ownerId: z.uuid().nullable(),
  assigneeId: z.uuid().nullable(),
  labelIds: z.array(z.uuid()),
  /** When a snoozed conversation comes back. */
  snoozedUntil: time.nullable(),
  /** The oldest text that nobody has answered; null when nobody waits. */
  waitingSince: time.nullable(),
  /** What to show: the contact's name, else the formatted number; a group's or web conversation's own name. */
  name: z.string(),
  contact: z.object({ id: z.uuid(), name: z.string().nullable() }).nullable(),
  address: z.string().nullable(),
  displayAddress: z.string().nullable(),
  channel: channel.nullable(),
  line: z.object({ id: z.uuid(), name: z.string(), address: z.string() }).nullable(),
  /** In a direct conversation: the contact texted STOP to this line, so nothing can be sent. */
  optedOut: z.boolean(),
  /** In a direct conversation: the carrier says that no text can arrive there. */
  unreachable: z.boolean(),
  memberCount: z.number().int(),
  unread: z.number().int(),
  lastMessage: z
    .object({
      id: z.uuid(),
      direction: z.enum(['inbound', 'outbound']),
      authorName: z.string(),
      /** The first 140 characters. */
      preview: z.string(),
      mediaCount: z.number().int(),
    })
    .nullable(),
  /** Orders the list; a new empty conversation counts from when it was made. */
  lastMessageAt: time,
  createdAt: time,
})
export type Conversation = z.infer<typeof conversation>

const name = z.string().trim().min(1).max(100)
const visibility = z.enum(visibilities)

export const conversationEndpoints = {
  list: {
    method: 'GET',
    path: '/api/conversations',
    summary: 'Conversations, last message first. `q` finds part of a name or number',
    access: 'user',
    query: page.extend({
      status: z.enum(conversationStatuses).optional(),
      q: z.string().max(100).optional(),
    }),
    reply: pageOf(conversation),
  },
  create: {
    method: 'POST',
    path: '/api/conversations',
    summary:
      'Open a conversation: with an address or a contact on a line (the existing one if there is one), or a web conversation between users',
    access: 'user',
    body: z.union([
      z.strictObject({
        lineId: z.uuid(),
        address: z.string().trim().min(1).max(100),
        visibility: visibility.optional(),
      }),
      z.strictObject({
        lineId: z.uuid(),
        contactId: z.uuid(),
        visibility: visibility.optional(),
      }),
      z.strictObject({ name, userIds: z.array(z.uuid()).max(100) }),
    ]),
    reply: conversation,
  },
  get: {
    method: 'GET',
    path: '/api/conversations/:id',
    summary: 'One conversation',
    access: 'user',
    params: byId,
    reply: conversation,
  },
  change: {
    method: 'PATCH',
    path: '/api/conversations/:id',
    summary:
      'Close, reopen, rename (a direct one: its contact), assign, mark read. The list position stays',
    access: 'user',
    params: byId,
    body: z.strictObject({
      status: z.enum(conversationStatuses).optional(),
      name: name.optional(),
      assigneeId: z.uuid().nullable().optional(),
      read: z.literal(true).optional(),
    }),
    reply: conversation,
  },
  remove: {
    method: 'DELETE',
    path: '/api/conversations/:id',
    summary: 'Delete a conversation and all its messages',
    access: 'user',
    params: byId,
    reply: nothing,
  },
} as const satisfies Record<string, Endpoint>
