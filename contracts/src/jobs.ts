import { z } from 'zod'

interface JobContract {
  queue: string
  /** How often a thrown error is tried again, half a second apart. */
  attempts: number
  payload: z.ZodType
}

/** Every parameter Twilio sent, unknown ones included. A repeated name keeps all its values. */
export const webhookParams = z.record(z.string(), z.union([z.string(), z.array(z.string())]))
export type WebhookParams = z.infer<typeof webhookParams>

/** W3C's `traceparent` of what led here, where traces are on. None is worth losing a text for. */
const traceParent = z
  .string()
  .regex(/^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/)
  .optional()
  .catch(undefined)

/** One inbound text as it came in. */
export const inboundWebhook = z.object({
  params: webhookParams,
  receivedAt: z.iso.datetime(),
  traceParent,
})
export type InboundWebhook = z.infer<typeof inboundWebhook>

/** One status callback; `deliveryId` and `attempt` are ours, from the StatusCallback address. */
export const statusCallback = inboundWebhook.omit({ traceParent: true }).extend({
  deliveryId: z.uuid().nullable(),
  attempt: z.number().int().nullable(),
})
export type StatusCallback = z.infer<typeof statusCallback>

/**
 * What people wrote, closed with a key from Twilio's auth token (kit/seal): a Redis and its files are
 * readable to more people than a database is.
 */
const sealed = z.object({ sealed: z.string().min(1) })
export const sealPurpose = 'partyline webhooks'

export const inboundEnvelope = z.array(inboundWebhook).min(1)
export const statusEnvelope = z.array(statusCallback).min(1)

const forEver = 1_000_000

/**
 * Every job in the system. Producers and workers meet here and nowhere else. The first two carry what
 * is not yet in Postgres, so they are tried for ever; the others are doorbells that carry ids, and a
 * lost one is found again by the sweeper.
 */
export const jobs = {
  'inbound.accept': {
    queue: 'inbound',
    attempts: forEver,
    /** An inboundEnvelope. */
    payload: sealed,
  },
  'status.apply': {
    queue: 'status',
    attempts: forEver,
    /** A statusEnvelope. */
    payload: sealed,
  },
  'delivery.send': {
    queue: 'outbound',
    attempts: 1,
    payload: z.object({ lineId: z.uuid() }),
  },
  /** The time of a scheduled text has come: whatever is due is sent. */
  'scheduled.send': {
    queue: 'outbound',
    attempts: 1,
    payload: z.object({}),
  },
  'media.fetch': {
    queue: 'media',
    attempts: 1,
    payload: z.object({ messageId: z.uuid() }),
  },
  'message.adopt': {
    queue: 'status',
    attempts: 10,
    payload: z.object({ messageSid: z.string() }),
  },
  /** Browsers are to be told of a text while Partyline is closed in them. */
  'push.send': {
    queue: 'push',
    attempts: 1,
    payload: z.object({}),
  },
  /** Look at the numbers of the Twilio account, and set the webhooks that are to be set. */
  'account.look': {
    queue: 'account',
    attempts: 1,
    payload: z.object({}),
  },
  /** Somebody asked: fetch what never came, of so many hours. */
  'texts.recover': {
    queue: 'account',
    attempts: 1,
    payload: z.object({ hours: z.number().int() }),
  },
} as const satisfies Record<string, JobContract>

export type JobName = keyof typeof jobs
export type JobPayload<Name extends JobName> = z.infer<(typeof jobs)[Name]['payload']>
export type QueueName = (typeof jobs)[JobName]['queue']
export type JobsIn<Queue extends QueueName> = {
  [Name in JobName]: (typeof jobs)[Name]['queue'] extends Queue ? Name : never
}[JobName]

export const queueNames = [...new Set(Object.values(jobs).map((job) => job.queue))]
