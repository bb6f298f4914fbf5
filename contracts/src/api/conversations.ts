import { z } from 'zod'
import { channel } from '../channels.ts'
import { askedTime, byId, type Endpoint, nothing, page, pageOf, time } from '../http.ts'

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
  /** When the next scheduled text goes out; null when none is to. */
  nextSendAt: time.nullable(),
  /** False: made with its contact, and nobody has said or done anything there since. */
  begun: z.boolean(),
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
  /** Of a group: since when its members' texts are kept and passed on to nobody. */
  pausedAt: time.nullable(),
  unread: z.number().int(),
  lastMessage: z
    .object({
      id: z.uuid(),
      direction: z.enum(['inbound', 'outbound']),
      authorName: z.string(),
      /** The first 140 characters. */
      preview: z.string(),
      mediaCount: z.number().int(),
      /** How many people it did not reach, so that a list can say so. */
      failed: z.number().int(),
    })
    .nullable(),
  /** Orders the list; a new empty conversation counts from when it was made. */
  lastMessageAt: time,
  createdAt: time,
})
export type Conversation = z.infer<typeof conversation>

/** What may be done with one conversation or with many. */
const change = z.strictObject({
  /** `open` also wakes a snoozed one. */
  status: z.enum(['open', 'closed']).optional(),
  /** Out of the way until then: later than now, within a year. Not together with `status`. */
  snoozedUntil: askedTime.optional(),
  /** Null: nobody's. */
  assigneeId: z.uuid().nullable().optional(),
  addLabelIds: z.array(z.uuid()).max(20).optional(),
  removeLabelIds: z.array(z.uuid()).max(20).optional(),
  /** False marks one text unread, where anybody has texted. */
  read: z.boolean().optional(),
})
type Given = z.infer<typeof change>

const oneState = ({ status, snoozedUntil }: Given) => !status || !snoozedUntil
const oneStateOnly = { message: 'give a status or snoozedUntil, not both', path: ['snoozedUntil'] }

/** How far counts go: what is more is shown as `99+`. */
export const maxCount = 100
const count = z.int().min(0).max(maxCount)

/** Of open conversations that have begun, but for `snoozed` and `scheduled`. */
export const conversationCounts = z.object({
  open: count,
  unread: count,
  mine: count,
  mineUnread: count,
  unassigned: count,
  waiting: count,
  snoozed: count,
  scheduled: count,
})
export type ConversationCounts = z.infer<typeof conversationCounts>

const yes = z.enum(['true'])
const name = z.string().trim().min(1).max(100)
const visibility = z.enum(visibilities)

export const conversationEndpoints = {
  list: {
    method: 'GET',
    path: '/api/conversations',
    summary:
      'Conversations, last message first; with `waiting` who waits longest first, with `scheduled` what goes out next. Filters add up. `q` finds part of a name or number',
    access: 'user',
    query: page.extend({
      status: z.enum(conversationStatuses).optional(),
      kind: z.enum(conversationKinds).optional(),
      /** Without those that were made with a saved contact and not touched since. */
      begun: yes.optional(),
      unread: yes.optional(),
      waiting: yes.optional(),
      /** With a text that is yet to go out, open or not. */
      scheduled: yes.optional(),
      /** `me`, `none`, or a user. */
      assignee: z.union([z.enum(['me', 'none']), z.uuid()]).optional(),
      channel: channel.optional(),
      lineId: z.uuid().optional(),
      labelId: z.uuid().optional(),
      q: z.string().max(100).optional(),
    }),
    reply: pageOf(conversation),
  },
  counts: {
    method: 'GET',
    path: '/api/conversations/counts',
    summary: 'How many conversations are open, unread, mine …, counted up to 100',
    access: 'user',
    reply: conversationCounts,
  },
  create: {
    method: 'POST',
    path: '/api/conversations',
    summary:
      'Open a conversation: with an address or a contact on a line (the existing one if there is one), or a web conversation between users',
    access: 'user',
    body: z.union(
      [
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
      ],
      'Give lineId with an address or a contactId, or a name with userIds.',
    ),
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
      'Close, reopen, snooze, rename (a direct one: its contact), assign, label, mark read or unread. The list position stays',
    access: 'user',
    params: byId,
    body: change.extend({ name: name.optional() }).refine(oneState, oneStateOnly),
    reply: conversation,
  },
  changeMany: {
    method: 'POST',
    path: '/api/conversations/bulk',
    summary:
      'The same change for up to 500 conversations. Who is refused is named, the others are changed',
    access: 'user',
    body: change.extend({ ids: z.array(z.uuid()).min(1).max(500) }).refine(oneState, oneStateOnly),
    reply: z.object({
      /** How many are different now. */
      changed: z.int(),
      refused: z.array(z.object({ id: z.uuid(), reason: z.string() })),
    }),
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
