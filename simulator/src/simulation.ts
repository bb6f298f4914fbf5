import type { Logger } from '@partyline/kit/log'
import type { Broadcast } from './broadcast.ts'
import type { SimulatorConfig } from './config.ts'
import type { Faults } from './faults.ts'
import type { Store } from './store/store.ts'
import type { Timers } from './timers.ts'

/** What every part of the simulator works with. */
export interface Simulation {
  config: SimulatorConfig
  store: Store
  timers: Timers
  faults: Faults
  broadcast: Broadcast
  log: Logger
  now: () => number
}
