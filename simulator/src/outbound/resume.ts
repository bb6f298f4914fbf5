import type { Simulation } from '../simulation.ts'
import { advance } from './advance.ts'

/** Texts that were on their way when the simulator stopped go on. */
export function resumeOutbound(sim: Simulation): void {
  for (const { sid } of sim.store.messages.unfinished()) {
    sim.timers.after(sim.config.latencyMs, () => advance(sim, sid))
  }
}
