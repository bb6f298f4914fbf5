import { expect, test } from 'vitest'
import { expired, givenFeed, gone, reply } from './given-feed.ts'

test('an expired cursor makes everybody reload, from the present cursor on', async () => {
  let present = '0'
  const { feed, applied, reloads, socket } = givenFeed((after) => {
    if (after === null) return reply([], present)
    if (after === '100') return reply([], '100')
    socket().feed(gone('50'))
    return expired()
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

test('a reload that failed is tried again, and until then nothing is called live', async () => {
  let present = '0'
  const { feed, reloads, failReload } = givenFeed((after) => {
    if (after === null) return reply([], present)
    if (after === '100') return reply([], '100')
    return expired()
  })
  await feed.start()
  present = '100'
  failReload()

  await feed.catchUp()

  expect(feed.connection).toBe('reconnecting')
  await expect.poll(() => feed.connection, { timeout: 5_000 }).toBe('live')
  expect(reloads()).toBe(2)
})
