import type { Db } from '@partyline/db/client'
import type { Simulator } from '@partyline/simulator/simulator'
import type { DiesAt } from './crash-plan.ts'
import type { Group } from './groups.ts'
import type { Hub } from './hub.ts'
import type { Figures } from './judge.ts'
import type { Loader } from './loader.ts'
import type { DiskSizes } from './stores.ts'

type Switches = Parameters<Simulator['misbehave']>[0]

export interface Chaos {
  hub: Hub
  loader: Loader
  /** Seeded: the same seed breaks the same things. */
  random: () => number
  pick: <T>(from: T[]) => T
  /** Until the load ends, with that much time between one and the next. */
  every: (ms: number, act: () => unknown) => Promise<void>
  /** What was seen to be wrong while it ran, a sentence each. */
  problems: string[]
  /** What else is worth a number, for whoever reads the outcome. */
  measured: Record<string, number>
  /** False when the load ended first. */
  wait: (ms: number) => Promise<boolean>
}

/** What is done to the hub, as data: everything not said is as on a good day. */
export interface Scenario {
  id: string
  title: string
  seconds?: number
  /** Who texts whom, when it is not the four groups. */
  groups?: (db: Db) => Promise<Group[]>
  /** Of all members together; each text goes to three phones. 0: nobody texts by himself. */
  textsPerSecond?: number
  ingresses?: number
  dispatchers?: number
  /** Only where asked for, as nobody texts through them. */
  apis?: number
  realtimes?: number
  env?: Record<string, string>
  /** The run fails if nothing does; the load lasts until then. */
  diesAt?: DiesAt
  /** What one dispatcher alone has beside that. */
  dispatcherEnv?: (index: number, folder: string) => Record<string, string>
  /** The stores on file systems of this size. */
  disks?: DiskSizes
  misbehave?: Switches
  /** The chance that a webhook comes twice, at once. */
  duplicateWebhooks?: number
  /** All texts alike: then only numbers can be compared. */
  sameBody?: string
  /** Twilio's list lacks the texts: what was lost after a 2xx cannot be fetched. */
  unlisted?: true
  /** What this machine lacks for it. */
  cannotRun?: () => string | undefined
  faults?(chaos: Chaos): Promise<unknown>
  /** What else must be true: a sentence for each thing that is not. */
  also?(hub: Hub, loader: Loader, figures: Figures): Promise<string[]>
  /** Within so many seconds after the last fault nothing due may be older than two. Goes with `measures`. */
  recoversIn?: number
  /** How long things take is judged too: nothing else may run beside it. */
  measures?: true
  /** The canary: a suite that cannot fail proves nothing. */
  mustFail?: true
}
