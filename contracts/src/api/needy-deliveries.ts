import { z } from 'zod'
import { reviewCauses } from '../delivery-causes.ts'
import { type Endpoint, page, pageOf, time } from '../http.ts'
import { conversation } from './conversations.ts'
import { delivery } from './deliveries.ts'

/** `review`: a person decides. `unknown`: being looked into. `failed`: in the last seven days. */
export const deliveryNeeds = ['review', 'unknown', 'failed'] as const

const needyDelivery = delivery.extend({
  conversation: conversation.pick({ id: true, kind: true, name: true }),
  message: z.object({
    /** The first 140 characters. */
    preview: z.string(),
    seq: z.number().int(),
    authorName: z.string(),
    createdAt: time,
  }),
})
export type NeedyDelivery = z.infer<typeof needyDelivery>

export const needyDeliveryEndpoints = {
  list: {
    method: 'GET',
    path: '/api/deliveries',
    summary: 'Deliveries that need a person, by what they need, the latest first',
    access: 'user',
    query: page.extend({
      need: z.enum(deliveryNeeds),
      /** Of `review`: why it waits. */
      cause: z.enum(reviewCauses).optional(),
    }),
    reply: pageOf(needyDelivery),
  },
} as const satisfies Record<string, Endpoint>
