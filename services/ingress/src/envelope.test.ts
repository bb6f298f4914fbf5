import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createEnvelope } from './envelope.ts'

beforeEach(() => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }))
afterEach(() => vi.useRealTimers())

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

/** A store that answers when it is told to. */
function slowStore() {
  const sent: number[][] = []
  const answers: (() => void)[] = []
  const send = (items: number[]) => {
    sent.push(items)
    return new Promise<void>((resolve) => answers.push(resolve))
  }
  return { sent, answers, send }
}

const turn = () => new Promise((resolve) => setImmediate(resolve))

test('while one is on its way the next one collects, and leaves when that one has arrived', async () => {
  const { sent, answers, send } = slowStore()
  const put = createEnvelope<number>(send, 100)

  const first = put(1)
  await turn()
  const second = put(2)
  await turn()
  const third = put(3)
  await turn()
  expect(sent).toEqual([[1]])

  answers[0]?.()
  await first
  expect(sent).toEqual([[1], [2, 3]])
  answers[1]?.()
  await Promise.all([second, third])
})

test('a store that hangs delays the next envelope by a hundredth of a second and no more', async () => {
  const { sent, send } = slowStore()
  const put = createEnvelope<number>(send, 100)

  void put(1)
  await turn()
  void put(2)
  await turn()
  vi.advanceTimersByTime(9)
  expect(sent).toEqual([[1]])
  vi.advanceTimersByTime(1)
  expect(sent).toEqual([[1], [2]])
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
