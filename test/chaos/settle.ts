import { setTimeout as wait } from 'node:timers/promises'
import type { Judged, Texted } from './judge.ts'
import { readWorkLeft, type WorkLeft } from './work-left.ts'

export interface Settled {
  /** From the end of the faults until nothing due is older than two seconds; null: never. */
  recoverySeconds: number | null
  /** Until nothing was left at all. */
  quietSeconds: number | null
}

const pollMs = 100
/** A slow machine is not a stuck hub: as long as it becomes less, it is waited for. */
const idleMs = 60_000
const patienceMs = 600_000
const promptMs = 2_000

/** Polls until the hub has done everything, or does nothing any more. */
export async function untilSettled(
  hub: Pick<Judged, 'db'>,
  loader: Texted,
  healedAt: number,
): Promise<Settled> {
  let recoverySeconds: number | null = null
  const since = () => Math.round((performance.now() - healedAt) / 100) / 10
  let least = Infinity
  let leastAt = performance.now()
  const isMoving = () => performance.now() - leastAt < idleMs
  while (isMoving() && performance.now() - healedAt < patienceMs) {
    const left = await readWorkLeft(hub, loader).catch(() => undefined)
    if (left) {
      if (sumOf(left) < least) [least, leastAt] = [sumOf(left), performance.now()]
      if (left.oldestMs > promptMs || left.notTaken > 0) recoverySeconds = null
      else recoverySeconds ??= since()
      if (sumOf(left) === 0) return { recoverySeconds, quietSeconds: since() }
    }
    await wait(pollMs)
  }
  return { recoverySeconds, quietSeconds: null }
}

const sumOf = ({ unsettled, notTaken, callbacks }: WorkLeft) =>
  unsettled + Math.max(0, notTaken) + callbacks
