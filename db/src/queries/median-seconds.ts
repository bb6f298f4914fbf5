/** So many bits are looked at in one go; three goes are more than an `int4` has. */
const digitBits = 11
const shifts = [2 * digitBits, digitBits, 0]

/**
 * The true median (the lower of two in the middle) of seconds as `int4send` writes them, in any order.
 * Counts digits instead of sorting: a year of answers would take Postgres or a sort a second.
 */
export function medianSeconds(parts: readonly Uint8Array[]): number | null {
  const seconds = decode(parts)
  if (seconds.length === 0) return null
  let rank = Math.ceil(seconds.length / 2)
  let known = 0
  for (const shift of shifts) {
    const counts = new Uint32Array(1 << digitBits)
    const mask = counts.length - 1
    for (const each of seconds) {
      const head = each >>> shift
      if (head >>> digitBits === known) counts[head & mask] = (counts[head & mask] ?? 0) + 1
    }
    let digit = 0
    for (const count of counts) {
      if (count >= rank) break
      rank -= count
      digit += 1
    }
    known = (known << digitBits) | digit
  }
  return known
}

export const countSeconds = (parts: readonly Uint8Array[]): number =>
  parts.reduce((sum, { length }) => sum + length, 0) / Uint32Array.BYTES_PER_ELEMENT

/** Of ours, so that it begins where four bytes may be read at once. */
function decode(parts: readonly Uint8Array[]): Uint32Array {
  const seconds = new Uint32Array(countSeconds(parts))
  const bytes = Buffer.from(seconds.buffer)
  let end = 0
  for (const part of parts) {
    bytes.set(part, end)
    end += part.length
  }
  // Postgres writes the high byte first.
  if (new Uint8Array(Uint16Array.of(1).buffer)[0] === 1) bytes.swap32()
  return seconds
}
