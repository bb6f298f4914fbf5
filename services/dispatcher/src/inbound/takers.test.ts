import { expect, test } from 'vitest'
import { createTakers } from './takers.ts'

test('texts of one sender are taken in their order, those of others beside them', async () => {
  const log: string[] = []
  const slow = Promise.withResolvers<undefined>()
  const takers = createTakers(async ({ messageSid: sid }) => {
    if (sid === 'ana 1') await slow.promise
    log.push(sid)
  })

  for (const messageSid of ['ana 1', 'ana 2', 'ben 1']) {
    await takers.take({ messageSid, key: messageSid.slice(0, 3) })
  }
  await expect.poll(() => log).toEqual(['ben 1'])
  slow.resolve(undefined)
  await takers.idle()

  expect(log).toEqual(['ben 1', 'ana 1', 'ana 2'])
})

test('who has to leave finishes what was begun and leaves the rest where it is kept', async () => {
  const taken: string[] = []
  const slow = Promise.withResolvers<undefined>()
  const takers = createTakers(async ({ messageSid: sid }) => {
    await slow.promise
    taken.push(sid)
  })

  for (let index = 0; index < 20; index += 1) {
    await takers.take({ messageSid: String(index), key: String(index) })
  }
  takers.leaveIn(0)
  setTimeout(() => slow.resolve(undefined), 5)
  await takers.idle()

  expect(taken).toHaveLength(8)
})

test('no more than eight are taken at once, and one that fails holds up nobody', async () => {
  let running = 0
  let most = 0
  const takers = createTakers(async ({ messageSid: sid }) => {
    most = Math.max(most, ++running)
    await new Promise((resolve) => setImmediate(resolve))
    running -= 1
    if (sid === '7') throw new Error('cannot be taken')
  })

  for (let index = 0; index < 100; index += 1) {
    await takers.take({ messageSid: String(index), key: String(index) })
  }
  await takers.idle()

  expect(most).toBe(8)
  expect(running).toBe(0)
})
