import { expect, test } from 'vitest'
import { givenFeed, gone, reply } from './given-feed.ts'

test('what was missed comes page by page, then what arrived meanwhile', async () => {
  const { feed, applied, socket } = givenFeed((after) => {
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
  const { feed, applied, socket } = givenFeed((after) => {
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
  const { feed, socket } = givenFeed((after) => {
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
  const { feed, socket } = givenFeed((after) => {
    asked.push(after)
    return reply([], after ?? '0')
  })
  await feed.start()

  socket().head({ cursor: '50' })
  await feed.catchUp()

  expect(asked).toEqual([null, '0'])
})

test('what arrived live before the break is asked for again where the fetched page knew better', async () => {
  const asked: (string | null)[] = []
  const { feed, socket } = givenFeed((after) => {
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

test('nobody who follows loads anything before the cursor is taken', async () => {
  const present = Promise.withResolvers<Response>()
  const { feed } = givenFeed(() => present.promise)
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

test('a listener that fails keeps no other from what happened', async () => {
  const { feed, applied, failures, socket } = givenFeed((after) => reply([], after ?? '0'))
  const wrong = new Error('wrong')
  const fail = () => {
    throw wrong
  }
  feed.listen({ apply: fail, reload: async () => true })
  const behind: string[] = []
  feed.listen({ apply: ({ cursor }) => behind.push(cursor), reload: async () => true })
  await feed.start()
  await feed.catchUp()

  socket().feed(gone('1'))

  expect([applied, behind]).toEqual([['1'], ['1']])
  expect(failures).toEqual([wrong])
  expect(feed.connection).toBe('live')
})
