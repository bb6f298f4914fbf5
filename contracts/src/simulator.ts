import { z } from 'zod'
import type { Endpoint } from './http.ts'

/** What the dashboard asks of the simulator, while that stands in for Twilio. */
export const simulatorEndpoints = {
  addLine: {
    method: 'POST',
    path: '/simulator/api/lines',
    summary: 'Make an address a number of the simulated account, unless it is one',
    access: 'public',
    /** `smsUrl` '': as a number that was just bought, with no webhook. */
    body: z.object({ address: z.string(), name: z.string(), smsUrl: z.literal('').optional() }),
    reply: z.unknown(),
  },
} as const satisfies Record<string, Endpoint>
