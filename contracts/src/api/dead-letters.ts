import { z } from 'zod'
import { type Endpoint, nothing, page, pageOf, time } from '../http.ts'

const sid = z.string().min(1).max(200)

/** A text that came in and could not be taken in, ten times over. */
const deadLetter = z.object({
  sid,
  /** The last four characters only; null when Twilio named none. */
  from: z.string().nullable(),
  to: z.string().nullable(),
  receivedAt: time,
  attempts: z.number().int(),
  reason: z.string(),
})
export type DeadLetter = z.infer<typeof deadLetter>

export const deadLetterEndpoints = {
  list: {
    method: 'GET',
    path: '/api/dead-letters',
    summary: 'Texts that came in and could not be taken in, newest first',
    access: 'admin',
    query: page,
    reply: pageOf(deadLetter),
  },
  replay: {
    method: 'POST',
    path: '/api/dead-letters/:sid/replay',
    summary: 'Try to take it in again, once its reason is gone',
    access: 'admin',
    params: z.object({ sid }),
    reply: nothing,
  },
  remove: {
    method: 'DELETE',
    path: '/api/dead-letters/:sid',
    summary: 'Give it up. Its SID is kept, so that it is not fetched again',
    access: 'admin',
    params: z.object({ sid }),
    reply: nothing,
  },
} as const satisfies Record<string, Endpoint>
