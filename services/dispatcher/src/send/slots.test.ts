import { expect, test } from 'vitest'
import { createSlots, type Slots } from './slots.ts'

/** What has been granted so far; undefined while it waits. */
function asking(slots: Slots, wanted: number): { granted: number | undefined } {
  const asked: { granted: number | undefined } = { granted: undefined }
  void slots.take(wanted).then((granted) => (asked.granted = granted))
  return asked
}

const turn = () => new Promise((resolve) => setImmediate(resolve))

test('jobs side by side never have more calls under way than the account allows', async () => {
  const slots = createSlots(100, () => 1)
  const asked = Array.from({ length: 20 }, () => asking(slots, 50))
  const underWay: number[] = []

  for (const [done, each] of asked.entries()) {
    await turn()
    underWay.push(asked.slice(done).reduce((sum, { granted = 0 }) => sum + granted, 0))
    slots.giveBack(each.granted ?? 0)
  }

  expect(asked.map(({ granted }) => granted)).toEqual(Array(20).fill(45))
  expect(Math.max(...underWay)).toBe(90)
})

test('a line with thousands leaves some at once for a line with few', async () => {
  const slots = createSlots(100, () => 2)
  const many = [asking(slots, 100), asking(slots, 100), asking(slots, 100)]

  const few = asking(slots, 3)
  await turn()

  expect(many.map(({ granted }) => granted)).toEqual([22, 22, undefined])
  expect(few.granted).toBe(3)
})

test('who wants many is served in turn, and not passed by who wants a little less', async () => {
  const slots = createSlots(100, () => 1)
  const [first, second, third, fourth] = [90, 90, 90, 20].map((wanted) => asking(slots, wanted))
  await turn()

  slots.giveBack(30)
  await turn()
  expect([third?.granted, fourth?.granted]).toEqual([undefined, undefined])

  slots.giveBack((first?.granted ?? 0) + (second?.granted ?? 0) - 30)
  await turn()
  expect([third?.granted, fourth?.granted]).toEqual([45, 20])
})

test('each dispatcher keeps its share, also when more are started while calls are under way', async () => {
  let dispatchers = 1
  const slots = createSlots(100, () => dispatchers)
  const before = asking(slots, 40)
  await turn()
  expect(before.granted).toBe(40)

  dispatchers = 4
  const after = asking(slots, 50)
  await turn()
  expect(after.granted).toBeUndefined()

  slots.giveBack(40)
  await turn()
  expect(after.granted).toBe(11)
})

test('with more dispatchers than the account allows calls, each may still make one', async () => {
  const slots = createSlots(2, () => 5)
  const asked = [asking(slots, 50), asking(slots, 1)]
  await turn()

  expect(asked.map(({ granted }) => granted)).toEqual([1, undefined])
})
