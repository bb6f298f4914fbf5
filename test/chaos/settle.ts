import { setTimeout as wait } from 'node:timers/promises'
import type { Hub } from './hub.ts'
import type { Loader } from './loader.ts'
import { readWorkLeft, type WorkLeft } from './work-left.ts'

export interface Settled {
  /** From the end of the faults until nothing due is older than two seconds; null: never. */
  recoverySeconds: number | null
  /** Until nothing was left at all. */
  quietSeconds: number | null
}

const pollMs = 100
const patienceMs = 120_000
const promptMs = 2_000

/** Polls until the hub has done everything. */
export async function untilSettled(hub: Hub, loader: Loader, healedAt: number): Promise<Settled> {
  let recoverySeconds: number | null = null
  const since = () => Math.round((performance.now() - healedAt) / 100) / 10
  while (performance.now() - healedAt < patienceMs) {
    const left = await readWorkLeft(hub, loader).catch(() => undefined)
    if (left) {
      if (left.oldestMs > promptMs || left.notTaken > 0) recoverySeconds = null
      else recoverySeconds ??= since()
      if (isNothing(left)) return { recoverySeconds, quietSeconds: since() }
    }
    await wait(pollMs)
  }
  return { recoverySeconds, quietSeconds: null }
}

const isNothing = ({ unsettled, notTaken, callbacks }: WorkLeft) =>
  unsettled === 0 && notTaken <= 0 && callbacks === 0
