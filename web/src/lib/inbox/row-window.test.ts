import { expect, test } from 'vitest'
import { driftOf, offsetsOf, rowAt } from './row-window.ts'

const tops = (ids: string) => new Map(Array.from(ids, (id, index) => [id, index * 10]))

test('the row at a height is the one that begins there or above', () => {
  const offsets = offsetsOf([10, 20, 10])

  expect([0, 9, 10, 29, 30, 999].map((y) => rowAt(offsets, y))).toEqual([0, 0, 1, 1, 2, 2])
  expect(rowAt(offsetsOf([]), 50)).toBe(0)
})

test('a row that comes in above moves the list along; one in sight that goes up leaves it', () => {
  expect(driftOf(['b', 'c', 'd'], tops('abcd'), tops('nabcd'))).toBe(10)
  expect(driftOf(['b', 'c', 'd'], tops('abcd'), tops('cabd'))).toBe(0)
  expect(driftOf(['b'], tops('ab'), tops('a'))).toBe(0)
})
