import { z } from 'zod'

/** Where a delivery is with us. `unknown`: Twilio may or may not have it. `review`: a person must decide. */
export const deliveryStates = [
  'queued',
  'sending',
  'unknown',
  'accepted',
  'failed',
  'cancelled',
  'review',
] as const
export type DeliveryState = (typeof deliveryStates)[number]

/**
 * Twilio's statuses, by rank. A status only ever gives way to one of a higher rank, so repeated and
 * reordered callbacks are harmless. `delivered` outranks the other ends because carriers correct
 * themselves in that direction only.
 */
export const twilioStatusRank = {
  accepted: 1,
  scheduled: 1,
  queued: 2,
  sending: 3,
  sent: 4,
  undelivered: 6,
  failed: 6,
  canceled: 6,
  delivered: 7,
  partially_delivered: 7,
  read: 8,
} as const
export const twilioStatuses = Object.keys(twilioStatusRank) as [TwilioStatus, ...TwilioStatus[]]
export type TwilioStatus = keyof typeof twilioStatusRank

export function isTwilioStatus(value: string): value is TwilioStatus {
  return Object.hasOwn(twilioStatusRank, value)
}

/** What people see of a delivery: our state until Twilio has it, Twilio's status from then on. */
export const deliveryStatuses = [
  'queued',
  'sending',
  'unknown',
  'review',
  'accepted',
  'sent',
  'delivered',
  'read',
  'undelivered',
  'failed',
  'cancelled',
] as const
export const deliveryStatus = z.enum(deliveryStatuses)
export type DeliveryStatus = z.infer<typeof deliveryStatus>

const shown: Record<TwilioStatus, DeliveryStatus> = {
  accepted: 'accepted',
  scheduled: 'accepted',
  queued: 'accepted',
  sending: 'accepted',
  sent: 'sent',
  undelivered: 'undelivered',
  failed: 'failed',
  canceled: 'cancelled',
  delivered: 'delivered',
  partially_delivered: 'delivered',
  read: 'read',
}

export function deliveryStatusOf(state: DeliveryState, twilio: string | null): DeliveryStatus {
  if (state !== 'accepted') return state
  return twilio !== null && isTwilioStatus(twilio) ? shown[twilio] : 'accepted'
}

/** How a message counts its deliveries. `queued` is everything not yet with the carrier. */
export const deliveryBuckets = ['queued', 'sent', 'delivered', 'failed', 'unknown'] as const
export type DeliveryBucket = (typeof deliveryBuckets)[number]

export const bucketOf: Record<DeliveryStatus, DeliveryBucket> = {
  queued: 'queued',
  sending: 'queued',
  accepted: 'queued',
  unknown: 'unknown',
  review: 'unknown',
  sent: 'sent',
  delivered: 'delivered',
  read: 'delivered',
  undelivered: 'failed',
  failed: 'failed',
  cancelled: 'failed',
}

/** A person may ask for these to be sent again. */
export const retryable: readonly DeliveryStatus[] = ['failed', 'undelivered', 'cancelled', 'review']
