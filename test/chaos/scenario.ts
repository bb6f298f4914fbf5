import type { Simulator } from '@partyline/simulator/simulator'
import type { Hub } from './hub.ts'
import type { Figures } from './judge.ts'
import type { Loader } from './loader.ts'

type Switches = Parameters<Simulator['misbehave']>[0]

export interface Chaos {
  hub: Hub
  loader: Loader
  /** Seeded: the same seed breaks the same things. */
  random: () => number
  pick: <T>(from: T[]) => T
  /** Until the load ends, with that much time between one and the next. */
  every: (ms: number, act: () => unknown) => Promise<void>
  /** False when the load ended first. */
  wait: (ms: number) => Promise<boolean>
}

/** What is done to the hub, as data: everything not said is as on a good day. */
export interface Scenario {
  id: string
  title: string
  seconds?: number
  /** Of all members together; each text goes to three phones. */
  textsPerSecond?: number
  ingresses?: number
  dispatchers?: number
  env?: Record<string, string>
  misbehave?: Switches
  /** The chance that a webhook comes twice, at once. */
  duplicateWebhooks?: number
  /** All texts alike: then only numbers can be compared. */
  sameBody?: string
  faults?(chaos: Chaos): Promise<unknown>
  /** What else must be true: a sentence for each thing that is not. */
  also?(hub: Hub, loader: Loader, figures: Figures): Promise<string[]>
  /** The canary: a suite that cannot fail proves nothing. */
  mustFail?: true
}
