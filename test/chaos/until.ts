import { setTimeout as wait } from 'node:timers/promises'

/** Looks every half second; false when it took too long. */
export async function until(
  patienceMs: number,
  isSo: () => Promise<boolean> | boolean,
): Promise<boolean> {
  for (const deadline = performance.now() + patienceMs; ; await wait(500)) {
    if (await isSo()) return true
    if (performance.now() > deadline) return false
  }
}
