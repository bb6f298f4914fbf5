import { z } from 'zod'
import { type Endpoint, time } from '../http.ts'
import { refusalReasons } from '../webhook-notes.ts'

export const comparison = z.object({
  state: z.enum(['waiting', 'running', 'done', 'failed']),
  askedAt: time,
  /** How many texts of Twilio's list were looked at. */
  looked: z.number().int(),
  /** How many of them had never come here. */
  recovered: z.number().int(),
  /** Why it failed, in plain words. */
  problem: z.string().nullable(),
})
export type Comparison = z.infer<typeof comparison>

const webhookLog = z.object({
  /** False while Redis, where it is kept, cannot be asked. */
  known: z.boolean(),
  routes: z.array(
    z.object({
      url: z.string(),
      about: z.string(),
      lastGoodAt: time.nullable(),
    }),
  ),
  /** Newest first, a hundred at most. */
  refused: z.array(
    z.object({
      at: time,
      reason: z.enum(refusalReasons),
      /** What the signature was checked against. */
      url: z.string(),
      /** What it is good for, where that was found. */
      matchingUrl: z.string().nullable(),
      /** What to do about it. */
      advice: z.string(),
      /** The setting to change, where it is one. */
      setting: z.string().nullable(),
    }),
  ),
  /** Twilio's list is compared every minute; until then everything is here. */
  comparedUntil: time.nullable(),
  /** The latest comparison that somebody asked for, of the last hour. */
  comparison: comparison.nullable(),
})
export type WebhookLog = z.infer<typeof webhookLog>

export const webhookLogEndpoints = {
  get: {
    method: 'GET',
    path: '/api/webhook-log',
    summary: 'The last good webhook of each route, the last refused ones and why',
    access: 'admin',
    reply: webhookLog,
  },
  replay: {
    method: 'POST',
    path: '/api/webhook-log/replay',
    summary:
      'With `messageSid`: take in again what is kept of that text. Without: fetch now what never came, from Twilio’s list of the last hours',
    access: 'admin',
    body: z.strictObject({
      messageSid: z
        .string()
        .trim()
        .regex(
          /^(SM|MM)[0-9a-fA-F]{32}$/,
          'That is not a Message SID: SM or MM and 32 digits or letters from a to f.',
        )
        .optional(),
      hours: z.number().int().min(1).max(168).default(24),
    }),
    reply: z.object({
      /** `already`: nothing was to be done. `compares`: `GET` tells how it goes. */
      outcome: z.enum(['queued', 'already', 'compares']),
    }),
  },
} as const satisfies Record<string, Endpoint>
