/** Three or four round steps from nought to at least the greatest value. */
export function ticksTo(greatest: number): number[] {
  const top = Math.max(greatest, 3)
  const power = 10 ** Math.floor(Math.log10(top / 4))
  const sizes = [1, 2, 2.5, 5, 10, 20].map((factor) => factor * power)
  return stepsTo(top, sizes.filter(Number.isInteger))
}

const [minute, hour, day] = [60, 3_600, 86_400]
const durations = [
  ...[5, 15, 30, minute, 2 * minute, 5 * minute, 15 * minute, 30 * minute],
  ...[hour, 2 * hour, 6 * hour, 12 * hour, day, 2 * day, 7 * day, 30 * day],
]

/** The same for seconds, in steps as people count time. */
export function timeTicksTo(greatest: number): number[] {
  return stepsTo(Math.max(greatest, 15), durations)
}

function stepsTo(top: number, sizes: readonly number[]): number[] {
  const size = sizes.find((one) => one * 4 >= top) ?? sizes.at(-1) ?? 1
  return Array.from({ length: Math.ceil(top / size) + 1 }, (_, index) => index * size)
}
