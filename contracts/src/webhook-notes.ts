import { z } from 'zod'

/** A hash in Redis: by route, when its last good webhook came. */
export const goodWebhooksKey = (prefix: string) => `${prefix}:good-webhooks`

/** A list of JSON in Redis, newest first, of so many at most. */
export const refusedWebhooksKey = (prefix: string) => `${prefix}:refused-webhooks`
export const keptRefusals = 100

/** JSON in Redis, for an hour: the latest comparison with Twilio's list that somebody asked for. */
export const comparisonKey = (prefix: string) => `${prefix}:comparison`
export const comparisonKeptSeconds = 3_600

export const webhookRoutes = {
  '/webhooks/twilio/messages': 'Texts that come in',
  '/webhooks/twilio/status': 'What became of texts that went out',
  '/webhooks/twilio/events': 'Event Streams',
} as const

export const refusalReasons = ['no signature', 'bad signature', 'foreign account'] as const

/** Nothing of what was in it, and no whole number. */
export const webhookRefusal = z.object({
  at: z.iso.datetime(),
  /** The address whose signature was checked: what PUBLIC_URL made of it. */
  url: z.string(),
  reason: z.enum(refusalReasons),
  /** The address that its signature is good for, where one was found. */
  matchingUrl: z.string().nullable().default(null),
})
export type WebhookRefusal = z.infer<typeof webhookRefusal>
