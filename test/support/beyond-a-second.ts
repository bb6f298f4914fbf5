import { setTimeout as wait } from 'node:timers/promises'

/**
 * By how many ms something that has just begun takes longer than a second. Told by a timer of this process,
 * which is as late as everything else in it when the machine is slow.
 */
export async function beyondASecond(work: Promise<unknown>): Promise<number> {
  const second = wait(1_000).then(() => performance.now())
  await work
  const ended = performance.now()
  return ended - (await second)
}
