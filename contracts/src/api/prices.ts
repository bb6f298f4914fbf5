import { z } from 'zod'
import { type Endpoint, time } from '../http.ts'

export const segmentPrice = z.object({
  /** ISO 3166, two letters. */
  country: z.string(),
  /** For one segment, carriers' own fees not included; null while it is not known. */
  price: z.number().nullable(),
  currency: z.string().nullable(),
  /** Why it is not known, or why it is an old one. */
  problem: z.string().nullable(),
  lookedAt: time,
})
export type SegmentPrice = z.infer<typeof segmentPrice>

export const priceEndpoints = {
  list: {
    method: 'GET',
    path: '/api/prices',
    summary: 'What one segment to each country of your contacts costs, by Twilio’s price list',
    access: 'user',
    reply: z.object({ items: z.array(segmentPrice) }),
  },
} as const satisfies Record<string, Endpoint>
