/** Where each row of a list begins, as every height is known: the last entry is where the list ends. */
export function offsetsOf(heights: readonly number[]): readonly number[] {
  let at = 0
  const offsets = [0]
  for (const height of heights) offsets.push((at += height))
  return offsets
}

/** The row at this height, by halving: lists may be long. */
export function rowAt(offsets: readonly number[], y: number): number {
  let low = 0
  let high = Math.max(offsets.length - 2, 0)
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if ((offsets[middle] ?? 0) <= y) low = middle
    else high = middle - 1
  }
  return low
}

/**
 * How far to scroll along when rows came, went or changed places, so that what is read stays where it is:
 * as far as the row in sight that moved least.
 */
export function driftOf(
  inSight: readonly string[],
  before: ReadonlyMap<string, number>,
  after: ReadonlyMap<string, number>,
): number {
  let least: number | undefined
  for (const id of inSight) {
    const from = before.get(id)
    const to = after.get(id)
    if (from === undefined || to === undefined) continue
    if (least === undefined || Math.abs(to - from) < Math.abs(least)) least = to - from
  }
  return least ?? 0
}
