import { expect, test } from 'vitest'
import { createSnapshot } from './snapshot.ts'

const options = { keptMs: 20, patienceMs: 20 }

test('however many ask at once and soon after, it is read once; later it is read again', async () => {
  let reads = 0
  const snapshot = createSnapshot(async () => (reads += 1), options)

  expect(await Promise.all([snapshot(), snapshot()])).toEqual([1, 1])
  expect(await snapshot()).toBe(1)
  await expect.poll(snapshot).toBe(2)
})

test('what fails is undefined, not the figure from before', async () => {
  const answers = [async () => 1, () => Promise.reject(new Error('away'))]
  const snapshot = createSnapshot(() => (answers.shift() ?? (async () => 3))(), options)

  expect(await snapshot()).toBe(1)
  await expect.poll(snapshot).toBe(undefined)
  await expect.poll(snapshot).toBe(3)
})

test('what hangs keeps nobody waiting, and is not asked a second time meanwhile', async () => {
  const { promise, resolve } = Promise.withResolvers<number>()
  let reads = 0
  const snapshot = createSnapshot(() => {
    reads += 1
    return promise
  }, options)

  expect([await snapshot(), await snapshot()]).toEqual([undefined, undefined])
  expect(reads).toBe(1)
  resolve(7)
  await expect.poll(snapshot).toBe(7)
})
