import type { Message } from '@partyline/contracts/api/messages'
import { afterEach, expect, test } from 'vitest'
import { createApi } from '../api.ts'
import { sampleMessage } from './samples.ts'
import { ThreadWindow } from './thread-window.svelte.ts'

let total = 1_000
afterEach(() => {
  total = 1_000
})
const uuid = (seq: number) => `7b1c2f9e-1d1a-4c55-8a52-${String(seq).padStart(12, '0')}`
const made = (seq: number) =>
  sampleMessage({
    ...{ seq, id: uuid(seq), conversationId: uuid(0) },
    author: { kind: 'contact', id: uuid(1), name: 'Ann', address: null },
  })
const range = (from: number, to: number) =>
  Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => made(from + index))

/** A thread of a thousand texts behind the api's own rules. */
function thousand() {
  const api = createApi(async (url) => {
    const query = new URL(url, 'http://x').searchParams
    const read = (name: string) => (query.has(name) ? Number(query.get(name)) : undefined)
    const limit = read('limit') ?? 20
    const after = read('after')
    if (after !== undefined) {
      const items = range(after + 1, Math.min(total, after + limit))
      return answer(items, after + limit < total ? 'more' : null)
    }
    const around = read('around')
    const top = around === undefined ? (read('before') ?? total + 1) - 1 : around + limit / 2 - 1
    const newest = Math.min(total, top)
    const oldest = Math.max(1, newest - limit + 1)
    const newerAfter = around !== undefined && newest < total ? newest : null
    return answer(range(oldest, newest).toReversed(), oldest > 1 ? 'more' : null, newerAfter)
  })
  return new ThreadWindow(api, uuid(0))
}

const answer = (items: Message[], nextCursor: string | null, newerAfter: number | null = null) =>
  Response.json({ items, nextCursor, newerAfter })

function expectNoHole({ items }: ThreadWindow) {
  const first = items[0]?.seq ?? 0
  expect(items.map(({ seq }) => seq)).toEqual(items.map((_, index) => first + index))
}

test('read up to its beginning and down again, a thread stays small and has no hole', async () => {
  const thread = thousand()
  await thread.loadLatest()
  let most = 0

  while (thread.hasOlder) {
    await thread.loadOlder()
    most = Math.max(most, thread.items.length)
    expectNoHole(thread)
  }
  expect(thread.items[0]?.seq).toBe(1)
  expect(thread.isLive).toBe(false)
  while (!thread.isLive) {
    await thread.loadNewer()
    most = Math.max(most, thread.items.length)
    expectNoHole(thread)
  }

  expect(thread.items.at(-1)?.seq).toBe(total)
  expect(most).toBeLessThanOrEqual(400)
})

test('what comes live while older ones are read is counted, not shown, and there when one comes back', async () => {
  const thread = thousand()
  await thread.loadAround({ around: 300 })
  const seen = thread.items.at(-1)?.seq

  total += 1
  thread.put(made(total))
  expect(thread.items.at(-1)?.seq).toBe(seen)
  expect(thread.arrived).toBe(1)
  // What one wrote oneself, even if it left only now, is no news.
  total += 1
  thread.put(made(total), { isOwn: true })
  expect(thread.arrived).toBe(1)

  while (!thread.isLive) await thread.loadNewer()
  expect(thread.items.at(-1)?.seq).toBe(total)
  expectNoHole(thread)
})

test('a thread that is watched for days forgets what is far above', async () => {
  const thread = thousand()
  await thread.loadLatest()

  for (let seq = total + 1; seq <= total + 2_000; seq += 1) thread.put(made(seq))
  thread.cutOlder()

  expect(thread.items).toHaveLength(300)
  expect(thread.items.at(-1)?.seq).toBe(total + 2_000)
  expect(thread.hasOlder).toBe(true)
})

test('a page that was asked for before the thread jumped elsewhere is not mixed in', async () => {
  const thread = thousand()
  await thread.loadLatest()

  const older = thread.loadOlder()
  await thread.loadAround({ around: 200 })
  await older

  expectNoHole(thread)
  expect(thread.items.some(({ seq }) => seq > 300)).toBe(false)
})

test('of two stretches asked for the later one is shown, whichever answer comes first', async () => {
  const answers: ((reply: Response) => void)[] = []
  const api = createApi(() => new Promise<Response>((resolve) => answers.push(resolve)))
  const thread = new ThreadWindow(api, uuid(0))

  const toMessage = thread.loadAround({ around: 500 })
  const toEnd = thread.loadLatest()
  answers[1]?.(answer(range(981, 1_000).toReversed(), 'more'))
  await toEnd
  answers[0]?.(answer(range(475, 524).toReversed(), 'more', 524))

  expect(await toMessage).toBe(undefined)
  expect(thread.items.at(-1)?.seq).toBe(1_000)
  expect(thread.isLive).toBe(true)
})
