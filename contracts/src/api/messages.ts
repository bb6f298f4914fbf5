import { z } from 'zod'
import { reviewCauses } from '../delivery-causes.ts'
import { askedTime, byId, type Endpoint, nothing, page, pageOf, time } from '../http.ts'
import { delivery, deliveryFilters } from './deliveries.ts'
import { leftOut } from './left-out.ts'
import { newMessage } from './new-message.ts'

export const messageKinds = ['text', 'announcement', 'auto_reply', 'note', 'event'] as const

export const media = z.object({
  id: z.uuid(),
  contentType: z.string(),
  sizeBytes: z.number().int().nullable(),
  fileName: z.string().nullable(),
  /** Of a picture, in pixels, as it is looked at; null where it could not be read. */
  width: z.number().int().nullable(),
  height: z.number().int().nullable(),
  /** `pending` while it is being copied from Twilio. */
  state: z.enum(['pending', 'stored', 'failed']),
  /** Where a signed-in browser gets the bytes. */
  url: z.string(),
})
export type Media = z.infer<typeof media>

export const message = z.object({
  id: z.uuid(),
  conversationId: z.uuid(),
  /** The one order of a conversation: 1, 2, 3 … A message that waits for its time has no place yet: 0. */
  seq: z.number().int(),
  /** When a scheduled message is to be sent; null once it is in the conversation. */
  sendAt: time.nullable(),
  /**
   * `note`: for colleagues only. `event`: what somebody did with the conversation (closed, assigned …).
   * Neither is ever texted.
   */
  kind: z.enum(messageKinds),
  direction: z.enum(['inbound', 'outbound']),
  author: z.object({
    kind: z.enum(['contact', 'user', 'guest', 'system']),
    id: z.uuid().nullable(),
    /** As it was when the message was written. */
    name: z.string(),
    address: z.string().nullable(),
  }),
  body: z.string(),
  /** The WhatsApp template that it was sent as; `body` has the values in it. */
  template: z.object({ id: z.string(), variables: z.record(z.string(), z.string()) }).nullable(),
  media: z.array(media),
  /** Where the text came from, as the carrier says: city, state, country. Empty strings are unknown. */
  origin: z
    .object({ city: z.string(), state: z.string(), zip: z.string(), country: z.string() })
    .nullable(),
  location: z
    .object({
      latitude: z.string(),
      longitude: z.string(),
      label: z.string().nullable(),
      address: z.string().nullable(),
    })
    .nullable(),
  deliveries: z.object({
    total: z.number().int(),
    queued: z.number().int(),
    sent: z.number().int(),
    delivered: z.number().int(),
    failed: z.number().int(),
    /** Twilio may or may not have these; they are being looked into, or wait for a person. */
    unknown: z.number().int(),
  }),
  /** The one delivery of a message that has exactly one. */
  delivery: delivery.nullable(),
  /** Why a member's text went to nobody else; null when it was passed on, or there was nobody. */
  held: z.object({ reason: z.string(), advice: z.string(), canPassOn: z.boolean() }).nullable(),
  clientKey: z.string().nullable(),
  twilioSid: z.string().nullable(),
  createdAt: time,
})
export type Message = z.infer<typeof message>

export const messageEndpoints = {
  list: {
    method: 'GET',
    path: '/api/conversations/:id/messages',
    summary:
      'Messages of a conversation, newest first. `before`: those before a seq. `after`: those behind one, oldest first. `around`: newest first, with that seq in the middle; `at`: with the first message from that time on',
    access: 'user',
    params: byId,
    query: page.extend({
      before: z.coerce.number().int().min(0).optional(),
      after: z.coerce.number().int().min(0).optional(),
      around: z.coerce.number().int().min(0).optional(),
      at: askedTime.optional(),
    }),
    reply: pageOf(message).extend({
      /** Of `around` and `at`: give it as `after` for what is newer; null when nothing is. */
      newerAfter: z.number().int().nullable().optional(),
      /** The place that was found for `at`. */
      around: z.number().int().optional(),
    }),
  },
  send: {
    method: 'POST',
    path: '/api/conversations/:id/messages',
    summary:
      'Send a text or a template, now or at `sendAt`. The same `clientKey` again gives the same message and sends nothing; `taken_back`: it was cancelled before its time, or by a reply. `window_closed`: WhatsApp or Messenger takes no free text then',
    access: 'user',
    params: byId,
    body: newMessage,
    reply: message,
  },
  passOn: {
    method: 'POST',
    path: '/api/messages/:id/pass-on',
    summary: 'Pass on a member’s text that was kept from the others',
    access: 'user',
    params: byId,
    reply: message,
  },
  scheduled: {
    method: 'GET',
    path: '/api/conversations/:id/scheduled',
    summary: 'Messages of a conversation that wait for their time, the next one first',
    access: 'user',
    params: byId,
    reply: z.object({
      items: z.array(
        message.extend({
          /** Why it could not be sent when its time had come. It is kept, and not tried again. */
          problem: z.string().nullable(),
          /** The contact’s next text takes it back. */
          cancelOnReply: z.boolean(),
        }),
      ),
    }),
  },
  sendScheduledNow: {
    method: 'POST',
    path: '/api/scheduled/:id/send',
    summary:
      'Send a message that waits for its time at once, or try one again that could not be sent',
    access: 'user',
    params: byId,
    reply: nothing,
  },
  cancelScheduled: {
    method: 'DELETE',
    path: '/api/scheduled/:id',
    summary: 'Cancel a message that waits for its time',
    access: 'user',
    params: byId,
    reply: nothing,
  },
  deliveries: {
    method: 'GET',
    path: '/api/messages/:id/deliveries',
    summary: 'Who got a message, who did not, and why: problems first',
    access: 'user',
    params: byId,
    query: page.extend({ filter: z.enum(deliveryFilters).optional() }),
    reply: pageOf(delivery),
  },
  retry: {
    method: 'POST',
    path: '/api/deliveries/:id/retry',
    summary: 'Send one failed delivery again, in its old place',
    access: 'user',
    params: byId,
    reply: delivery,
  },
  retryHeld: {
    method: 'POST',
    path: '/api/deliveries/retry',
    summary:
      'Send what waits for a person for one reason, of one message or of all, oldest first, in its old places. What could not be settled may arrive twice. Free text that WhatsApp or Messenger takes no more is left out, and so is a template that was withdrawn',
    access: 'user',
    body: z.strictObject({
      cause: z.enum(reviewCauses),
      messageId: z.uuid().optional(),
      /** How many, so that they fit into a day’s cap: over it none is sent. */
      limit: z.int().min(1).max(5_000).default(1_000),
    }),
    reply: z.object({
      queued: z.number().int(),
      /** Still held for that reason, of those asked for, and can be sent. */
      left: z.number().int(),
      ...leftOut,
    }),
  },
} as const satisfies Record<string, Endpoint>
