import { z } from 'zod'
import { channel } from '../channels.ts'
import { deliveryError } from './deliveries.ts'
import { byId, type Endpoint, page, pageOf, time } from '../http.ts'
import { timeZone } from '../time-zone.ts'

export const lineModes = ['group', 'inbox'] as const

const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'write a time as 09:00')

/** Monday first; null on a day off. A time that ends before it begins runs into the next day. */
export const lineHours = z.strictObject({
  timeZone,
  days: z.array(z.strictObject({ from: clockTime, to: clockTime }).nullable()).length(7),
})
export type LineHours = z.infer<typeof lineHours>

export const line = z.object({
  id: z.uuid(),
  /** E.164, `whatsapp:+…`, `messenger:…`, or a Messaging Service's `MG…`. */
  address: z.string(),
  displayAddress: z.string(),
  channel,
  name: z.string(),
  mode: z.enum(lineModes),
  /** Sent as an ordinary text to whoever texts in; null for none. */
  autoReply: z.string().nullable(),
  /** When somebody is there; null: always. */
  hours: lineHours.nullable(),
  /** Answered instead of `autoReply` outside the hours; null for none. */
  awayReply: z.string().nullable(),
  /** How fast texts may go out; null: what Twilio allows this kind of sender. */
  segmentsPerSecond: z.number().nullable(),
  /** Nothing is sent from it since then: its texts wait. Null: it sends. */
  pausedAt: time.nullable(),
  /** Why, where Partyline paused it: Twilio's reason why one text after another failed. Null: a person did. */
  pausedFor: deliveryError.nullable(),
  createdAt: time,
})
export type Line = z.infer<typeof line>

const name = z.string().trim().min(1).max(100)
const autoReply = z.string().trim().min(1).max(1600).nullable()

export const lineEndpoints = {
  list: {
    method: 'GET',
    path: '/api/lines',
    summary: 'All lines, by name',
    access: 'user',
    query: page,
    reply: pageOf(line),
  },
  create: {
    method: 'POST',
    path: '/api/lines',
    summary: 'Add a line. A group line answers "Message received." unless told otherwise',
    access: 'admin',
    body: z.strictObject({
      address: z.string().trim().min(1).max(100),
      channel: channel.optional(),
      name,
      mode: z.enum(lineModes).default('inbox'),
      autoReply: autoReply.optional(),
    }),
    reply: line,
  },
  change: {
    method: 'PATCH',
    path: '/api/lines/:id',
    summary:
      'Change the name, mode, auto-reply, hours or rate of a line; pause its sending or go on',
    access: 'admin',
    params: byId,
    body: z.strictObject({
      name: name.optional(),
      mode: z.enum(lineModes).optional(),
      autoReply: autoReply.optional(),
      hours: lineHours.nullable().optional(),
      awayReply: autoReply.optional(),
      segmentsPerSecond: z.number().min(0.1).max(1000).nullable().optional(),
      /** True: what is to be sent waits, until it is false again. */
      paused: z.boolean().optional(),
    }),
    reply: line,
  },
} as const satisfies Record<string, Endpoint>
