import { afterEach, expect, test, vi } from 'vitest'
import { givenFeed, gone, reply } from './given-feed.ts'

afterEach(() => {
  vi.useRealTimers()
})

test('while the socket is lost it says reconnecting', async () => {
  const { feed, socket } = givenFeed((after) => reply([], after ?? '0'))
  await feed.start()
  await feed.catchUp()

  socket().lost()

  expect(feed.connection).toBe('reconnecting')
})

test('sent away by the server, it catches up and comes back', async () => {
  const { feed, socket, retries } = givenFeed((after) => reply([], after ?? '0'))
  await feed.start()
  await feed.catchUp()

  socket().refused({ triesAgain: false })

  expect(feed.connection).toBe('reconnecting')
  await expect.poll(retries, { timeout: 5_000 }).toBe(1)
})

test('while no connection comes about, what changes is asked for', async () => {
  const { feed, applied, socket, retries } = givenFeed((after) =>
    after === '0' ? reply([gone('1')], '1') : reply([], after ?? '0'),
  )
  await feed.start()

  socket().refused({ triesAgain: true })

  await expect.poll(() => applied).toEqual(['1'])
  expect(retries()).toBe(0)
})

test('B9: while it polls it says so, asks every few seconds, and is live again once connected', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  let down = false
  let asked = 0
  const { feed, socket, cut, join } = givenFeed((after) => {
    asked += 1
    return down ? new Response('', { status: 502 }) : reply([], after ?? '0')
  })
  await feed.start()
  cut()

  socket().refused({ triesAgain: true })
  await vi.waitFor(() => expect(feed.connection).toBe('polling'))
  const before = asked
  await vi.advanceTimersByTimeAsync(10_500)
  expect(asked - before).toBe(2)
  expect(feed.connection).toBe('polling')

  down = true
  socket().refused({ triesAgain: true })
  await vi.waitFor(() => expect(feed.connection).toBe('reconnecting'))
  down = false
  join()
  socket().ready()
  await vi.waitFor(() => expect(feed.connection).toBe('live'))
  feed.stop()
})

test('B9: asking that failed once goes on every few seconds', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  let down = false
  let asked = 0
  const { feed, socket, cut } = givenFeed((after) => {
    asked += 1
    return down ? new Response('', { status: 502 }) : reply([], after ?? '0')
  })
  await feed.start()
  cut()
  down = true
  socket().refused({ triesAgain: true })
  await vi.waitFor(() => expect(asked).toBe(2))

  down = false
  await vi.advanceTimersByTimeAsync(1_500)
  expect(feed.connection).toBe('polling')
  const before = asked
  await vi.advanceTimersByTimeAsync(10_500)

  expect(asked - before).toBe(2)
  feed.stop()
})

test('B9: an attempt to connect that hangs keeps nobody waiting', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const { feed, applied, cut } = givenFeed((after) =>
    after === '0' ? reply([gone('1')], '1') : reply([], after ?? '0'),
  )
  cut()
  await feed.start()

  await vi.advanceTimersByTimeAsync(5_500)

  expect(applied).toEqual(['1'])
  expect(feed.connection).toBe('polling')
  feed.stop()
})

test('sent away because the session is over, everybody is told and nothing is tried again', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  let over = false
  const { feed, api, socket, retries } = givenFeed((after) => {
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

test('whoever signs out while the feed begins gets no connection any more', async () => {
  const answer = Promise.withResolvers<Response>()
  const { feed, starts } = givenFeed(() => answer.promise)
  const starting = feed.start()

  feed.stop()
  answer.resolve(reply([], '0'))
  await starting

  expect(starts()).toBe(0)
})
