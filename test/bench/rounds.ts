/** Prints one line of the result. */
export type Show = (what: string, figure: string, ratio: number, goal: string) => void

type Sides = Record<string, () => Promise<number>>

/**
 * Side after side, round after round, each time another one first, so that whatever else the machine does
 * happens to all of them.
 */
export async function inRounds<Name extends string>(
  rounds: number,
  sides: Record<Name, () => Promise<number>>,
): Promise<Record<Name, number>> {
  const results = Object.keys(sides).map((name) => ({ name, values: [] as number[] }))
  // The first round warms up and is not counted.
  for (let round = 0; round <= rounds; round += 1) {
    const first = round % results.length
    for (const { name, values } of [...results.slice(first), ...results.slice(0, first)]) {
      const value = await (sides as Sides)[name]?.()
      if (round > 0 && value !== undefined) values.push(value)
    }
  }
  return Object.fromEntries(results.map(({ name, values }) => [name, median(values)])) as Record<
    Name,
    number
  >
}

export function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN
}

/** The milliseconds it took. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now()
  await work()
  return performance.now() - began
}
