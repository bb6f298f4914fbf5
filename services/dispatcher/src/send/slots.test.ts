import { expect, test } from 'vitest'
import { createSlots } from './slots.ts'

test('jobs side by side never have more calls under way than the account allows', () => {
  const slots = createSlots(100, () => 1)

  expect([50, 50, 50].map((most) => slots.take(most))).toEqual([50, 50, 0])
  slots.giveBack(30)
  expect(slots.take(50)).toBe(30)
})

test('each dispatcher keeps its share, also when more are started while calls are under way', () => {
  let dispatchers = 1
  const slots = createSlots(100, () => dispatchers)
  expect(slots.take(80)).toBe(80)

  dispatchers = 4
  expect(slots.take(50)).toBe(0)
  slots.giveBack(80)
  expect(slots.take(50)).toBe(25)
})

test('with more dispatchers than the account allows calls, each may still make one', () => {
  const slots = createSlots(2, () => 5)

  expect([slots.take(50), slots.take(50)]).toEqual([1, 0])
})
