import type { FeedEvent } from '@partyline/contracts/feed'
import { createApi } from '../api.ts'
import type { Realtime, RealtimeHandlers } from '../realtime.ts'
import { FeedState } from './feed.svelte.ts'

const id = '7b1c2f9e-1d1a-4c55-8a52-0c7c4f3ab001'
export const gone = (cursor: string): FeedEvent => ({ cursor, type: 'contact.deleted', id })

export const reply = (items: FeedEvent[], cursor: string, hasMore = false) =>
  Response.json({ items, cursor, hasMore })

/** Of a cursor that is too old. */
export function expired() {
  const error = { code: 'feed_cursor_expired', message: 'too long ago', requestId: 'r' }
  return Response.json({ error }, { status: 410 })
}

/** The two sides a feed listens to, held still: the test says what each of them brings and when. */
export function givenFeed(answers: (after: string | null) => Promise<Response> | Response) {
  let handlers: RealtimeHandlers | undefined
  let retries = 0
  let starts = 0
  let connected = true
  const failures: unknown[] = []
  const realtime: Realtime = {
    get connected() {
      return connected
    },
    start: (given) => {
      handlers = given
      starts += 1
    },
    stop: () => undefined,
    retry: () => {
      retries += 1
    },
    disconnect: () => undefined,
    say: () => undefined,
    follow: () => ({ following: Promise.resolve(), unfollow: () => undefined }),
  }
  const api = createApi(async (url) => answers(new URL(url, 'http://x').searchParams.get('after')))
  const onfailure = (error: unknown) => failures.push(error)
  const feed = new FeedState({ api, realtime, isOnline: () => true, onfailure })
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
    failures,
    starts: () => starts,
    reloads: () => reloads,
    retries: () => retries,
    cut: () => (connected = false),
    join: () => (connected = true),
    failReload: () => (failedReloads += 1),
  }
}
