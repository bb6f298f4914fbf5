import type { Simulation } from './simulation.ts'

/** Back to an empty account that behaves. */
export function reset(sim: Simulation): void {
  sim.timers.clear()
  sim.faults.set({})
  sim.store.reset()
  sim.broadcast.publish({ type: 'setup' })
}
