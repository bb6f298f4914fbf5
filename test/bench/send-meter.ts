import { median, timed } from './rounds.ts'
import type { Child } from './send-process.ts'

/** How many are sent in a round. */
export const texts = 5_000

/** Counts what the processes of a side use while they work. */
export function cpuOf(children: Child[]) {
  const used: number[] = []
  const now = async () => {
    const each = await Promise.all(children.map((child) => child.cpuMs()))
    return each.reduce((sum, ms) => sum + ms)
  }
  return {
    per1000: () => median(used),
    async during(work: () => Promise<unknown>): Promise<number> {
      const before = await now()
      const ms = await timed(work)
      used.push((((await now()) - before) * 1_000) / texts)
      return (texts * 1_000) / ms
    },
  }
}

export async function expectOnce(stub: Child): Promise<void> {
  const counted = (await stub.ask('count')) as { created: number; doubles: number }
  if (counted.doubles > 0 || counted.created !== texts) {
    throw new Error(`${counted.created} of ${texts} texts sent, ${counted.doubles} twice`)
  }
}
