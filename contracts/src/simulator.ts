import { z } from 'zod'
import type { Endpoint } from './http.ts'

/** The one thing the dashboard asks of the simulator, while that stands in for Twilio. */
export const simulatorEndpoints = {
  addLine: {
    method: 'POST',
    path: '/simulator/api/lines',
    summary: 'Make an address a number of the simulated account, unless it is one',
    access: 'public',
    body: z.object({ address: z.string(), name: z.string() }),
    reply: z.unknown(),
  },
} as const satisfies Record<string, Endpoint>
