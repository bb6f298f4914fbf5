import { z } from 'zod'
import { byId, type Endpoint, time } from '../http.ts'

/** Who a text sent now would go to. */
export const reach = z.object({
  /** Everybody it is addressed to. */
  recipients: z.number().int(),
  /** Of them, those that it would be sent to. */
  now: z.number().int(),
  /** They texted STOP to the line. */
  optedOut: z.number().int(),
  /** Nothing can arrive there, says the carrier; of them, the landlines. */
  unreachable: z.number().int(),
  landline: z.number().int(),
  /** Where those are to whom it would be sent, for the price. Empty where segments cost nothing. */
  countries: z.array(
    z.object({
      /** ISO 3166, two letters; null for what belongs to none. */
      country: z.string().nullable(),
      recipients: z.number().int(),
    }),
  ),
  /** How fast the line sends, which with the segments says how long it takes; null without a line. */
  rate: z.object({ segmentsPerSecond: z.number(), burst: z.number() }).nullable(),
  /**
   * WhatsApp and Messenger: free text is open for 24 hours after their last message. `closesAt` is null
   * when they never wrote. Null where there is no such rule.
   */
  window: z.object({ closesAt: time.nullable() }).nullable(),
})
export type Reach = z.infer<typeof reach>

export const reachEndpoints = {
  get: {
    method: 'GET',
    path: '/api/conversations/:id/reach',
    summary: 'Who a text into a conversation would go to, who not and why, and at what rate',
    access: 'user',
    params: byId,
    reply: reach,
  },
} as const satisfies Record<string, Endpoint>
