import { z } from 'zod'
import { reviewCauses } from '../delivery-causes.ts'
import { byId, type Endpoint, time } from '../http.ts'
import { delivery, deliveryError } from './deliveries.ts'
import { leftOut } from './left-out.ts'

/** One thing that happened to a text, with its time as it was noted then. */
const passportStep = z.discriminatedUnion('kind', [
  /** Twilio's webhook reached our door, which put it into the queue before it answered. */
  z.object({
    kind: z.literal('received'),
    at: time,
    twilioSid: z.string(),
    /** `fallback`: kept in the database, as the queue was away. `backfill`: fetched from Twilio's list. */
    source: z.enum(['webhook', 'fallback', 'backfill']),
  }),
  /** Kept in the database, as Twilio sent it. */
  z.object({ kind: z.literal('stored'), at: time, tries: z.number().int() }),
  /** In its conversation, with its place there. */
  z.object({ kind: z.literal('written'), at: time, seq: z.number().int() }),
  /** Addressed to one recipient. */
  z.object({ kind: z.literal('addressed'), at: time, deliveryId: z.uuid() }),
  /** A dispatcher took it, to ask Twilio. */
  z.object({ kind: z.literal('claimed'), at: time, attempt: z.number().int() }),
  /** What Twilio answered; `unknown` is no answer. */
  z.object({
    kind: z.literal('asked'),
    at: time,
    attempt: z.number().int(),
    outcome: z.string(),
    twilioSid: z.string().nullable(),
    error: deliveryError.nullable(),
  }),
  /** A status, as Twilio told it. */
  z.object({
    kind: z.literal('status'),
    at: time,
    /** `asked`: no callback had said so when Twilio was asked. */
    source: z.enum(['callback', 'asked']),
    /** When it changed what is shown; null while it waits for its text to be known. */
    appliedAt: time.nullable(),
    status: z.string(),
    twilioSid: z.string(),
    error: deliveryError.nullable(),
  }),
])
export type PassportStep = z.infer<typeof passportStep>

const passport = z.object({
  messageId: z.uuid(),
  steps: z.array(passportStep),
  /** The delivery that was asked for, or the only one. */
  delivery: delivery.extend({ steps: z.array(passportStep) }).nullable(),
})
export type Passport = z.infer<typeof passport>

const retryable = z.object({
  /** Those that failed and are sent again together. */
  failed: z.number().int(),
  /** Failed too. */
  ...leftOut,
  /** Those that wait for a person, by the reason why. */
  held: z.array(z.object({ cause: z.enum(reviewCauses), count: z.number().int() })),
})
export type Retryable = z.infer<typeof retryable>

export const threadEndpoints = {
  passport: {
    method: 'GET',
    path: '/api/messages/:id/passport',
    summary:
      'What happened to a message, step by step, and to one delivery of it (`delivery`, or its only one)',
    access: 'user',
    params: byId,
    query: z.object({ delivery: z.uuid().optional() }),
    reply: passport,
  },
  waiting: {
    method: 'GET',
    path: '/api/messages/:id/waiting',
    summary: 'Why a message is not with Twilio yet, and about how long it will be',
    access: 'user',
    params: byId,
    reply: z.object({
      /** False: there is nothing that waits. */
      waiting: z.boolean(),
      /** Nothing at all is sent for now: `GET /api/system` says why. */
      stopped: z.boolean(),
      /** Its line is paused: `GET /api/lines` says why. */
      paused: z.boolean(),
      /** What its line may send a second, in segments. */
      segmentsPerSecond: z.number(),
      /** Segments that go before the last of this message, and its own. */
      segmentsAhead: z.number().int(),
      /** When it is tried again, where it waits for a time. */
      until: time.nullable(),
    }),
  },
  retryable: {
    method: 'GET',
    path: '/api/messages/:id/retry',
    summary: 'How many of a message’s deliveries would be sent again',
    access: 'user',
    params: byId,
    reply: retryable,
  },
  retryFailed: {
    method: 'POST',
    path: '/api/messages/:id/retry',
    summary:
      'Send a message again to everybody it failed for, in its old place. Those who left or texted STOP get nothing, nor does free text go where WhatsApp or Messenger takes it no more, nor a template that was withdrawn',
    access: 'user',
    params: byId,
    reply: z.object({ queued: z.number().int(), ...leftOut }),
  },
} as const satisfies Record<string, Endpoint>

export const transcriptFormats = ['csv', 'json'] as const
export const transcriptPath = (id: string, format: (typeof transcriptFormats)[number]) =>
  `/api/conversations/${id}/transcript?format=${format}`
