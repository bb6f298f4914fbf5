import { expect, test } from 'vitest'
import { createEnvelope } from './envelope.ts'

test('what arrives in one turn of the event loop travels together, in order', async () => {
  const sent: number[][] = []
  const put = createEnvelope<number>(async (items) => void sent.push(items), 100)

  await Promise.all([put(1), put(2), put(3)])
  await put(4)

  expect(sent).toEqual([[1, 2, 3], [4]])
})

test('a full envelope leaves at once and the next one is opened', async () => {
  const sent: number[][] = []
  const put = createEnvelope<number>(async (items) => void sent.push(items), 2)

  await Promise.all([put(1), put(2), put(3)])

  expect(sent).toEqual([[1, 2], [3]])
})

test('everybody in an envelope that is lost is told, and the next one is not affected', async () => {
  let broken = true
  const put = createEnvelope<number>(async () => {
    if (broken) throw new Error('lost')
  }, 100)

  const results = await Promise.allSettled([put(1), put(2)])
  broken = false

  expect(results.map((result) => result.status)).toEqual(['rejected', 'rejected'])
  await expect(put(3)).resolves.toBeUndefined()
})
