import { z } from 'zod'
import { reviewCauses } from '../delivery-causes.ts'
import { deliveryStatus } from '../delivery-status.ts'
import { time } from '../http.ts'

export const deliveryError = z.object({
  /** Twilio's error number, or null for a reason of our own. */
  code: z.number().int().nullable(),
  reason: z.string(),
  advice: z.string(),
})

export const delivery = z.object({
  id: z.uuid(),
  messageId: z.uuid(),
  memberId: z.uuid().nullable(),
  /** Who it goes to, by name; null when nobody named them. */
  name: z.string().nullable(),
  address: z.string(),
  displayAddress: z.string(),
  status: deliveryStatus,
  error: deliveryError.nullable(),
  /** Why it waits for a person; null where it does not. */
  heldFor: z.enum(reviewCauses).nullable(),
  attempts: z.number().int(),
  canRetry: z.boolean(),
  twilioSid: z.string().nullable(),
  updatedAt: time,
})
export type Delivery = z.infer<typeof delivery>

/** Which deliveries of a message: those that need a person, those under way, those that arrived. */
export const deliveryFilters = ['problems', 'waiting', 'arrived'] as const
