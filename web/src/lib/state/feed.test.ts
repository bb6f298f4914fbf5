import type { FeedEvent } from '@partyline/contracts/feed'
import { afterEach, expect, test, vi } from 'vitest'
import { createApi } from '../api.ts'
import type { Realtime, RealtimeHandlers } from '../realtime.ts'
import { FeedState } from './feed.svelte.ts'

afterEach(() => {
  vi.useRealTimers()
})

const id = '7b1c2f9e-1d1a-4c55-8a52-0c7c4f3ab001'
const gone = (cursor: string): FeedEvent => ({ cursor, type: 'contact.deleted', id })

/** The two sides a feed listens to, held still: the test says what each of them brings and when. */
function given(answers: (after: string | null) => Promise<Response> | Response) {
  let handlers: RealtimeHandlers | undefined
  let retries = 0
  const realtime: Realtime = {
    connected: true,
    start: (given) => {
      handlers = given
    },
    stop: () => undefined,
    retry: () => {
      retries += 1
    },
    disconnect: () => undefined,
    follow: () => ({ following: Promise.resolve(), unfollow: () => undefined }),
  }
  const api = createApi(async (url) => answers(new URL(url, 'http://x').searchParams.get('after')))
  const feed = new FeedState({ api, realtime, isOnline: () => true })
  const applied: string[] = []
  let reloads = 0
  let failedReloads = 0
  feed.listen({
    apply: ({ cursor }) => applied.push(cursor),
    reload: async () => {
      reloads += 1
      return reloads > failedReloads
    },
  })
  const socket = () => {
    if (!handlers) throw new Error('the feed has not started')
    return handlers
  }
  return {
    feed,
    api,
    applied,
    socket,
    reloads: () => reloads,
    retries: () => retries,
    failReload: () => (failedReloads += 1),
  }
}

const reply = (items: FeedEvent[], cursor: string, hasMore = false) =>
  Response.json({ items, cursor, hasMore })

test('what was missed comes page by page, then what arrived meanwhile', async () => {
  const { feed, applied, socket } = given((after) => {
    if (after === null) return reply([], '0')
    if (after === '0') {
      socket().feed(gone('2'))
      socket().feed(gone('3'))
      return reply([gone('1')], '1', true)
    }
    return reply([gone('2')], '2')
  })
  await feed.start()

  await feed.catchUp()

  expect(applied).toEqual(['1', '2', '2', '3'])
  expect(feed.connection).toBe('live')
})

test('of what arrived meanwhile the last has the last word, also when it was fetched', async () => {
  const { feed, applied, socket } = given((after) => {
    if (after === null) return reply([], '0')
    // Two changes of one thing: the api tells the later one, the socket both.
    socket().feed(gone('1'))
    socket().feed(gone('2'))
    return reply([gone('2')], '2')
  })
  await feed.start()

  await feed.catchUp()

  expect(applied.at(-1)).toBe('2')
})

test('after a break the catch-up begins where the last live event was', async () => {
  const asked: (string | null)[] = []
  const { feed, socket } = given((after) => {
    asked.push(after)
    return reply([], after ?? '0')
  })
  await feed.start()
  await feed.catchUp()
  socket().feed(gone('7'))
  socket().head({ cursor: '9' })

  socket().lost()
  await feed.catchUp()

  expect(asked).toEqual([null, '0', '9'])
})

test('a head told before the gap is closed does not skip the gap', async () => {
  const asked: (string | null)[] = []
  const { feed, socket } = given((after) => {
    asked.push(after)
    return reply([], after ?? '0')
  })
  await feed.start()

  socket().head({ cursor: '50' })
  await feed.catchUp()

  expect(asked).toEqual([null, '0'])
})

test('an expired cursor makes everybody reload, from the present cursor on', async () => {
  let present = '0'
  const { feed, applied, reloads, socket } = given((after) => {
    if (after === null) return reply([], present)
    if (after === '100') return reply([], '100')
    socket().feed(gone('50'))
    const error = { code: 'feed_cursor_expired', message: 'too long ago', requestId: 'r' }
    return Response.json({ error }, { status: 410 })
  })
  await feed.start()
  present = '100'

  await feed.catchUp()
  socket().lost()
  await feed.catchUp()

  expect(reloads()).toBe(1)
  expect(applied).toEqual([])
  expect(feed.connection).toBe('live')
})

test('while the socket is lost it says reconnecting', async () => {
  const { feed, socket } = given((after) => reply([], after ?? '0'))
  await feed.start()
  await feed.catchUp()

  socket().lost()

  expect(feed.connection).toBe('reconnecting')
})

test('what arrived live before the break is asked for again where the fetched page knew better', async () => {
  const asked: (string | null)[] = []
  const { feed, socket } = given((after) => {
    asked.push(after)
    if (after !== '0' || asked.length > 2) return reply([], after ?? '0')
    // As it was at 2 arrives while the page is read, which tells it as it is at 3.
    socket().feed(gone('2'))
    return reply([gone('3')], '3')
  })
  await feed.start()
  await feed.catchUp()

  socket().lost()
  await feed.catchUp()

  expect(asked).toEqual([null, '0', '0'])
})

test('sent away by the server, it catches up and comes back', async () => {
  const { feed, socket, retries } = given((after) => reply([], after ?? '0'))
  await feed.start()
  await feed.catchUp()

  socket().refused({ triesAgain: false })

  expect(feed.connection).toBe('reconnecting')
  await expect.poll(retries, { timeout: 5_000 }).toBe(1)
})

test('while no connection comes about, what changes is asked for', async () => {
  const { feed, applied, socket, retries } = given((after) =>
    after === '0' ? reply([gone('1')], '1') : reply([], after ?? '0'),
  )
  await feed.start()

  socket().refused({ triesAgain: true })

  await expect.poll(() => applied).toEqual(['1'])
  expect(retries()).toBe(0)
})

test('sent away because the session is over, everybody is told and nothing is tried again', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  let over = false
  const { feed, api, socket, retries } = given((after) => {
    if (!over) return reply([], after ?? '0')
    const error = { code: 'not_signed_in', message: 'Sign in first.', requestId: 'r' }
    return Response.json({ error }, { status: 401 })
  })
  let told = 0
  api.onSignedOut(() => {
    told += 1
  })
  await feed.start()
  await feed.catchUp()
  over = true

  socket().refused({ triesAgain: false })
  await vi.waitFor(() => expect(told).toBe(1))
  await vi.advanceTimersByTimeAsync(60_000)

  expect(retries()).toBe(0)
  expect(told).toBe(1)
})

test('a reload that failed is tried again, and until then nothing is called live', async () => {
  let present = '0'
  const { feed, reloads, failReload } = given((after) => {
    if (after === null) return reply([], present)
    if (after === '100') return reply([], '100')
    const error = { code: 'feed_cursor_expired', message: 'too long ago', requestId: 'r' }
    return Response.json({ error }, { status: 410 })
  })
  await feed.start()
  present = '100'
  failReload()

  await feed.catchUp()

  expect(feed.connection).toBe('reconnecting')
  await expect.poll(() => feed.connection, { timeout: 5_000 }).toBe('live')
  expect(reloads()).toBe(2)
})

test('nobody who follows loads anything before the cursor is taken', async () => {
  const present = Promise.withResolvers<Response>()
  const { feed } = given(() => present.promise)
  let loads = false
  void feed.follow('c1').following.then(() => {
    loads = true
  })
  const starting = feed.start()
  await new Promise((resolve) => setImmediate(resolve))
  expect(loads).toBe(false)

  present.resolve(reply([], '0'))
  await starting

  await expect.poll(() => loads).toBe(true)
})
