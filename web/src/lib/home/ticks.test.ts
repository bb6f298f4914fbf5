import { expect, test } from 'vitest'
import { ticksTo, timeTicksTo } from './ticks.ts'

test('an axis has few round steps and ends at or over the greatest value', () => {
  expect(ticksTo(0)).toEqual([0, 1, 2, 3])
  expect(ticksTo(7)).toEqual([0, 2, 4, 6, 8])
  expect(ticksTo(38)).toEqual([0, 10, 20, 30, 40])
  for (const greatest of [1, 9, 10, 11, 99, 100, 12_345, 5_000_000]) {
    const ticks = ticksTo(greatest)
    expect(ticks.length).toBeLessThanOrEqual(6)
    expect(ticks.at(-1)).toBeGreaterThanOrEqual(greatest)
  }
})

test('an axis of time has steps as people count it', () => {
  expect(timeTicksTo(610)).toEqual([0, 300, 600, 900])
  expect(timeTicksTo(0)).toEqual([0, 5, 10, 15])
})
