import { expect, test } from 'vitest'
import { createSlots } from './slots.ts'

test('the account’s limit is shared by the dispatchers that run, and what is under way is taken off', async () => {
  let dispatchers = 1
  const slots = createSlots(100, () => dispatchers)
  expect(slots.free()).toBe(100)

  dispatchers = 4
  const done = Promise.withResolvers<undefined>()
  const calls = slots.use(20, async () => done.promise)
  expect(slots.free()).toBe(5)
  dispatchers = 8
  expect(slots.free()).toBe(0)

  done.resolve(undefined)
  await calls
  expect(slots.free()).toBe(12)
})

test('calls that fail give their slots back, and nobody is left without one', async () => {
  const slots = createSlots(2, () => 5)

  await expect(slots.use(1, () => Promise.reject(new Error('gone')))).rejects.toThrow('gone')

  expect(slots.free()).toBe(1)
})
