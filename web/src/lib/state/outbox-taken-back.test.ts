import { expect, test } from 'vitest'
import { createApi } from '../api.ts'
import { type Draft, Outbox } from './outbox.svelte.ts'
import { sampleMessage } from './samples.ts'

const id = '7b1c2f9e-1d1a-4c55-8a52-0c7c4f3ab001'
/** As the api has it. */
const real = { id, conversationId: id, author: { ...sampleMessage({}).author, id } }
const draft: Draft = { body: 'hi', media: [] }
const nothing = () => undefined

function given(answer: () => Promise<Response>) {
  const keys: string[] = []
  const api = createApi(async (_url, init) => {
    keys.push((JSON.parse(init.body as string) as { clientKey: string }).clientKey)
    return answer()
  })
  const outbox = new Outbox({ api, conversationId: 'c1', onsent: nothing, onlate: nothing })
  return { outbox, keys }
}

const noAnswer = () => Promise.reject(new TypeError('network'))
const noted = (code: string, message: string, status: number) =>
  Response.json({ error: { code, message, requestId: 'r' } }, { status })
const tookBack = () => noted('taken_back', 'it was taken back', 409)

/** The answer to a rescheduling is lost, though the api has taken it, which keeps each key as the real one does. */
async function lostRescheduling(
  cancelling: (takeBack: () => void) => Response | Promise<Response>,
) {
  const asked: string[] = []
  const keys: string[] = []
  const spent = new Set<string>()
  let kept: { clientKey: string; sendAt: string } | undefined
  const takeBack = () => {
    if (kept) spent.add(kept.clientKey)
    kept = undefined
  }
  const api = createApi(async (url, { method, body }) => {
    if (method === 'DELETE') {
      asked.push('cancel')
      return cancelling(takeBack)
    }
    if (url.endsWith('/scheduled')) {
      const rest = { problem: null, cancelOnReply: false }
      return Response.json({
        items: kept ? [{ ...sampleMessage({ ...real, ...kept }), ...rest }] : [],
      })
    }
    const posted = JSON.parse(body as string) as { clientKey: string; sendAt?: string }
    asked.push(posted.sendAt ?? 'now')
    keys.push(posted.clientKey)
    if (spent.has(posted.clientKey)) return tookBack()
    if (keys.length > 1) {
      return Response.json(sampleMessage({ ...real, sendAt: posted.sendAt ?? null }))
    }
    kept = { clientKey: posted.clientKey, sendAt: posted.sendAt ?? '' }
    return noAnswer()
  })
  const outbox = new Outbox({ api, conversationId: 'c1', onsent: nothing, onlate: nothing })
  expect(await outbox.send(draft, { sendAt: '2026-11-22T09:00:00.000Z' })).toBe(false)
  return { outbox, asked, keys }
}

const cancelled = (takeBack: () => void) => {
  takeBack()
  return Response.json({})
}

test('a text whose rescheduling got no answer goes out at once when that is asked for, and waits no longer', async () => {
  const { outbox, asked, keys } = await lostRescheduling(cancelled)

  expect(await outbox.send(draft)).toBe(true)

  expect(asked).toEqual(['2026-11-22T09:00:00.000Z', 'cancel', 'now'])
  expect(keys[1]).not.toBe(keys[0])
})

test('a text that could not be taken back is taken back with the next try', async () => {
  let tries = 0
  const { outbox, asked } = await lostRescheduling((takeBack) =>
    tries++ === 0 ? noAnswer() : cancelled(takeBack),
  )

  expect(await outbox.send(draft)).toBe(false)
  expect(await outbox.send(draft)).toBe(true)

  expect(asked.slice(1)).toEqual(['cancel', 'cancel', 'now'])
})

test('a text that was taken back although no answer said so goes out under a new key', async () => {
  const { outbox, asked, keys } = await lostRescheduling((takeBack) => {
    takeBack()
    return noAnswer()
  })

  expect(await outbox.send(draft)).toBe(false)
  expect(await outbox.send(draft)).toBe(true)

  expect(asked.slice(1)).toEqual(['cancel', 'now', 'now'])
  expect(keys[1]).toBe(keys[0])
  expect(keys[2]).not.toBe(keys[0])
})

test('a text whose rescheduling got no answer takes another time', async () => {
  const { outbox, asked, keys } = await lostRescheduling(() => noted('not_found', 'none', 404))

  expect(await outbox.send(draft, { sendAt: '2026-11-23T09:00:00.000Z' })).toBe(true)

  expect(asked).toEqual(['2026-11-22T09:00:00.000Z', 'cancel', '2026-11-23T09:00:00.000Z'])
  expect(keys[1]).toBe(keys[0])
})

test('a text that somebody else took back says so, and is a new one when it is sent once more', async () => {
  let tries = 0
  const { outbox, keys } = given(async () => (tries++ === 0 ? noAnswer() : tookBack()))

  await outbox.send(draft)
  expect(await outbox.send(draft)).toBe(false)
  expect(outbox.unsent?.reason).toBe('It was taken back.')
  await outbox.send(draft)

  expect(keys[1]).toBe(keys[0])
  expect(keys[2]).not.toBe(keys[0])
})

test('a text that is taken back here while it is asked for again leaves nothing that failed', async () => {
  const answer = Promise.withResolvers<Response>()
  const { outbox, keys } = given(() => answer.promise)
  const sending = outbox.send(draft, { undoSeconds: 10 })
  await expect.poll(() => keys).toHaveLength(1)

  outbox.settle(keys[0] ?? '')
  outbox.settle('of another text')
  answer.resolve(tookBack())

  expect(await sending).toBe(true)
  expect(outbox.unsent).toBe(null)
  expect(outbox.toWait).toEqual([])
})
