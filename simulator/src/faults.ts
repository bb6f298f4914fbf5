import { z } from 'zod'
import { createRandom } from './random.ts'

/** How a create request can go wrong. `hang` never creates, `lateCreate` creates when nobody waits any more. */
export const createFaults = [
  'tooManyRequests',
  'unauthorized',
  'failBefore',
  'failAfter',
  'resetBefore',
  'resetAfter',
  'hang',
  'lateCreate',
] as const
export type CreateFault = (typeof createFaults)[number]

/** Those that change nothing, which is how requests about numbers and Messaging Services go wrong. */
const accountFaults = [
  'tooManyRequests',
  'unauthorized',
  'failBefore',
  'resetBefore',
] as const satisfies CreateFault[]

const chance = z.number().min(0).max(1).default(0)
const milliseconds = z.number().int().min(0).max(3_600_000)

export const faultSwitches = z.strictObject({
  /** The same seed and the same requests misbehave the same way. */
  seed: z.number().int().default(1),
  ...(Object.fromEntries(createFaults.map((fault) => [fault, chance])) as Record<
    CreateFault,
    typeof chance
  >),
  /** Faults for the very next creates, in order, before any chance is taken. */
  script: z.array(z.enum([...createFaults, 'none'])).default([]),
  /** Faults for the very next requests about numbers, Messaging Services and templates, in order. */
  accountScript: z.array(z.enum([...accountFaults, 'none'])).default([]),
  /** Only creates from this sender go wrong. */
  onlyFrom: z.string().nullable().default(null),
  hangMs: milliseconds.default(60_000),
  lateCreateMs: milliseconds.default(3_000),
  /** A text shows up in the list only when it is this old. */
  listLagMs: milliseconds.default(0),
  listFails: chance,
  duplicateWebhooks: chance,
  dropWebhooks: chance,
  delayWebhooksMs: milliseconds.default(0),
  duplicateCallbacks: chance,
  dropCallbacks: chance,
  reorderCallbacks: chance,
  delayCallbacksMs: milliseconds.default(0),
})
export type FaultSwitches = z.output<typeof faultSwitches>

type Chance = {
  [Name in keyof FaultSwitches]: FaultSwitches[Name] extends number ? Name : never
}[keyof FaultSwitches]

export type Faults = ReturnType<typeof createFaultSwitches>

/** The misbehaviour of the simulator: none until switched on. */
export function createFaultSwitches() {
  let switches = faultSwitches.parse({})
  let random = createRandom(switches.seed)

  const happens = (name: Chance) => switches[name] > 0 && random() < switches[name]

  return {
    read: (): FaultSwitches => switches,

    /** Replaces all switches: what is not named is off. */
    set(wanted: z.input<typeof faultSwitches>): FaultSwitches {
      switches = faultSwitches.parse(wanted)
      random = createRandom(switches.seed)
      return switches
    },

    happens,
    random: () => random(),

    forAccount() {
      const scripted = switches.accountScript.shift()
      return scripted === 'none' ? undefined : scripted
    },

    forCreate(sender: string | undefined): CreateFault | undefined {
      if (switches.onlyFrom !== null && switches.onlyFrom !== sender) return undefined
      const scripted = switches.script.shift()
      if (scripted !== undefined) return scripted === 'none' ? undefined : scripted
      return createFaults.find(happens)
    },
  }
}
