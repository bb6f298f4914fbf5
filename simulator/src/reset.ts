import { addOwnTemplates } from './own-templates.ts'
import type { Simulation } from './simulation.ts'

/** Back to an empty account that behaves, with nothing but templates to play with. */
export function reset(sim: Simulation): void {
  sim.timers.clear()
  sim.faults.set({})
  sim.store.reset()
  addOwnTemplates(sim)
  sim.broadcast.publish({ type: 'setup' })
}
