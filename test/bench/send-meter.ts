import { median, timed } from './rounds.ts'
import type { Child } from './send-process.ts'

/** How many are sent in a round. */
export const texts = 10_000

/** What uses CPU while a side works, and says how many milliseconds it has used so far. */
type Users<Name extends string> = Record<Name, () => Promise<number>>

/** Counts what a side uses of the CPU while it sends, by who uses it. */
export function cpuOf<Name extends string>(users: Users<Name>) {
  const names = Object.keys(users) as Name[]
  const used = Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<
    Name,
    number[]
  >
  const now = () => Promise.all(names.map((name) => users[name]()))
  return {
    per1000: (name: Name) => median(used[name]),
    async during(work: () => Promise<unknown>): Promise<number> {
      const before = await now()
      const ms = await timed(work)
      const after = await now()
      for (const [index, name] of names.entries()) {
        used[name].push((((after[index] ?? 0) - (before[index] ?? 0)) * 1_000) / texts)
      }
      return (texts * 1_000) / ms
    },
  }
}

export const countCreated = async (stub: Child) =>
  (await stub.ask('count')) as { created: number; doubles: number }

export async function expectOnce(stub: Child): Promise<void> {
  const counted = await countCreated(stub)
  if (counted.doubles > 0 || counted.created !== texts) {
    throw new Error(`${counted.created} of ${texts} texts sent, ${counted.doubles} twice`)
  }
}
