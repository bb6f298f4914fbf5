import { z } from 'zod'
import { askedTime, type Endpoint, time } from '../http.ts'
import { conversation } from './conversations.ts'
import { reviewCauses } from '../delivery-causes.ts'
import { timeZone } from '../time-zone.ts'

const figures = z.object({
  /** Texts that came in. */
  inbound: z.number().int(),
  /** Texts that went out, one for each recipient. */
  outbound: z.number().int(),
  /** What has become of those; the others are under way, or nobody says. */
  delivered: z.number().int(),
  failed: z.number().int(),
  /** Answers that a person gave. */
  answers: z.number().int(),
  /** How long half of their askers waited at most, from their first unanswered text on. */
  medianAnswerSeconds: z.number().nullable(),
})
export type Figures = z.infer<typeof figures>

/** Nobody is counted beyond it: more than that is many. */
export const countedAtMost = 1_000
const bounded = z.number().int().max(countedAtMost)

/** Of a line's backlog no more is counted: from here on it is a long time either way. */
export const backlogCountedAtMost = 20_000

const attention = z.object({
  waiting: z.object({ count: bounded, oldest: z.array(conversation) }),
  /** Deliveries of which nobody knows yet whether they went out; they are being looked into. */
  unknown: bounded,
  /** Deliveries that wait for a person to decide. */
  review: z.array(z.object({ cause: z.enum(reviewCauses), count: bounded })),
  /** Deliveries of the last seven days that failed. */
  failed: bounded,
  /** Scheduled texts that could not be sent when their time came. */
  scheduled: z.object({
    count: bounded,
    items: z.array(
      z.object({
        id: z.uuid(),
        conversationId: z.uuid(),
        kind: conversation.shape.kind,
        body: z.string(),
        problem: z.string(),
        sendAt: time,
      }),
    ),
  }),
  /** Lines of which a text has waited ten seconds or more to go out, the one behind longest first. */
  backlog: z.array(
    z.object({
      lineId: z.uuid(),
      texts: z.number().int().max(backlogCountedAtMost),
      oldestAt: time,
      /** About how long, at the line's rate, until the last of these is gone. */
      secondsToEmpty: z.number(),
    }),
  ),
})
export type Attention = z.infer<typeof attention>

export const statisticsEndpoints = {
  get: {
    method: 'GET',
    path: '/api/statistics',
    summary:
      'Texts in and out by hour or day, what became of them, and how soon people answered. Counted up every minute',
    access: 'user',
    query: z.object({
      from: askedTime,
      to: askedTime,
      lineId: z.uuid().optional(),
      by: z.enum(['hour', 'day']).default('day'),
      /** Whose days are meant. */
      timeZone: timeZone.default('UTC'),
    }),
    reply: z.object({
      /** Where something happened; what is left out is nought. */
      buckets: z.array(figures.extend({ at: time })),
      total: figures,
      /** The same span of time, as many whole days before. */
      before: figures,
      lines: z.array(figures.extend({ lineId: z.uuid() })),
      /** False while hours from before Partyline counted are still being counted. */
      complete: z.boolean(),
    }),
  },
  attention: {
    method: 'GET',
    path: '/api/attention',
    summary: 'What needs a person, who has waited longest, and which lines are behind',
    access: 'user',
    reply: attention,
  },
} as const satisfies Record<string, Endpoint>
