import type { FeedEvent } from '@partyline/contracts/feed'
import { expect, test } from 'vitest'
import { createApi } from '../api.ts'
import type { Realtime, RealtimeHandlers } from '../realtime.ts'
import { FeedState } from './feed.svelte.ts'

const id = '7b1c2f9e-1d1a-4c55-8a52-0c7c4f3ab001'
const gone = (cursor: string): FeedEvent => ({ cursor, type: 'contact.deleted', id })

/** The two sides a feed listens to, held still: the test says what each of them brings and when. */
function given(answers: (after: string | null) => Promise<Response> | Response) {
  let handlers: RealtimeHandlers | undefined
  const realtime: Realtime = {
    connected: true,
    start: (given) => {
      handlers = given
    },
    stop: () => undefined,
    retry: () => undefined,
    disconnect: () => undefined,
    follow: () => ({ following: Promise.resolve(), unfollow: () => undefined }),
  }
  const api = createApi(async (url) => answers(new URL(url, 'http://x').searchParams.get('after')))
  const feed = new FeedState({ api, realtime, isOnline: () => true })
  const applied: string[] = []
  let reloads = 0
  feed.listen({
    apply: ({ cursor }) => applied.push(cursor),
    reload: () => {
      reloads += 1
    },
  })
  const socket = () => {
    if (!handlers) throw new Error('the feed has not started')
    return handlers
  }
  return { feed, applied, socket, reloads: () => reloads }
}

const reply = (items: FeedEvent[], cursor: string, hasMore = false) =>
  Response.json({ items, cursor, hasMore })

test('what was missed comes page by page, then what arrived meanwhile, each once', async () => {
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

  expect(applied).toEqual(['1', '2', '3'])
  expect(feed.connection).toBe('live')
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
