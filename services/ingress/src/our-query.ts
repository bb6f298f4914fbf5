import { z } from 'zod'

/** What we put into the StatusCallback address. Anything odd there only means a match by SID instead. */
export const ourQuery = z
  .object({
    delivery: z.uuid().nullable().catch(null).default(null),
    attempt: z.coerce.number().int().nullable().catch(null).default(null),
    trace: z.string().optional().catch(undefined),
  })
  .transform(({ delivery, attempt, trace }) => ({
    deliveryId: delivery,
    attempt,
    traceParent: trace,
  }))
