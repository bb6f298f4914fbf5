import type { Simulation } from './simulation.ts'

export interface Verdict {
  /** How often each delivery was created, by the id the caller put into its StatusCallback. */
  creates: Record<string, number>
  /** Deliveries that were created more than once. */
  doubles: string[]
  total: number
}

/** What was really created, whatever the caller was told. */
export function judge(sim: Simulation): Verdict {
  const counted = sim.store.messages.createsByDelivery()
  return {
    creates: Object.fromEntries(counted.map(({ delivery, creates }) => [delivery, creates])),
    doubles: counted.filter(({ creates }) => creates > 1).map(({ delivery }) => delivery),
    total: counted.reduce((sum, { creates }) => sum + creates, 0),
  }
}
