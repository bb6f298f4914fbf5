import { expect, test } from 'vitest'
import { createSlots } from './slots.ts'

test('jobs side by side never have more calls under way than the account allows', () => {
  const slots = createSlots(100, () => 1)

  const taken = Array.from({ length: 20 }, () => slots.take(50))

  expect(taken.reduce((sum, count) => sum + count, 0)).toBe(100)
  expect(slots.take(50)).toBe(0)
  slots.giveBack(50)
  expect(slots.take(50)).toBe(25)
})

test('a line that wants everything leaves some to the next', () => {
  const slots = createSlots(100, () => 2)

  expect([slots.take(50), slots.take(50), slots.take(1)]).toEqual([25, 13, 1])
})

test('each dispatcher keeps its share, also when more are started while calls are under way', () => {
  let dispatchers = 1
  const slots = createSlots(100, () => dispatchers)
  expect(slots.take(40)).toBe(40)

  dispatchers = 4
  expect(slots.take(50)).toBe(0)
  slots.giveBack(40)
  expect(slots.take(50)).toBe(13)
})

test('with more dispatchers than the account allows calls, each may still make one', () => {
  const slots = createSlots(2, () => 5)

  expect([slots.take(50), slots.take(50)]).toEqual([1, 0])
})
