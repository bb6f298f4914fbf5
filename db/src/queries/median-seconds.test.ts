import fc from 'fast-check'
import { expect, test } from 'vitest'
import { countSeconds, medianSeconds, readSeconds } from './median-seconds.ts'

function written(seconds: readonly number[]): Buffer {
  const bytes = Buffer.alloc(4 * seconds.length)
  for (const [index, each] of seconds.entries()) bytes.writeInt32BE(each, 4 * index)
  return bytes
}

const read = (seconds: readonly number[]) => readSeconds(written(seconds))

const int4 = fc.oneof(fc.nat({ max: 300 }), fc.nat({ max: 2 ** 31 - 1 }))

test('the median is the one that sorting finds, however the seconds come in parts', () => {
  fc.assert(
    fc.property(fc.array(fc.array(int4)), (parts) => {
      const all = parts.flat()
      const sorted = all.toSorted((a, b) => a - b)
      expect(medianSeconds(parts.map(read))).toBe(sorted[Math.ceil(all.length / 2) - 1] ?? null)
      expect(countSeconds(parts.map(read))).toBe(all.length)
    }),
  )
})

test('a part that begins anywhere in memory is read as any other', () => {
  const shifted = Buffer.concat([Buffer.of(0), written([7, 90_000, 8])]).subarray(1)
  expect(medianSeconds([readSeconds(shifted)])).toBe(8)
})
