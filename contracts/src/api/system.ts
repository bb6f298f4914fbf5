import { z } from 'zod'
import { type Endpoint, time } from '../http.ts'

export const systemEndpoints = {
  get: {
    method: 'GET',
    path: '/api/system',
    summary: 'What the dashboard needs to know about this installation',
    access: 'user',
    reply: z.object({
      /** True without Twilio credentials: the phones at `/simulator` stand in for real ones. */
      simulated: z.boolean(),
      defaultCountry: z.string(),
      /** First page of conversations and messages. */
      limit: z.number().int(),
      /** What keeps texts from being sent or fetched, since when, and what to do; null when nothing does. */
      trouble: z.object({ since: time, reason: z.string(), advice: z.string() }).nullable(),
      /** The latest find, of the last 24 hours, of texts that never reached us and were fetched. */
      recovered: z.object({ texts: z.number().int(), from: time, to: time, at: time }).nullable(),
      /** Texts that came in and could not be taken in. */
      deadLetters: z.number().int(),
      /** Lines whose texts do not come here, and why. With a `sid`, connecting that number mends it. */
      unreachedLines: z.array(
        z.object({
          lineId: z.uuid(),
          displayAddress: z.string(),
          sid: z.string().nullable(),
          /** As of a number of the account. */
          takenBy: z.string().nullable(),
          sentence: z.string(),
        }),
      ),
    }),
  },
} as const satisfies Record<string, Endpoint>
