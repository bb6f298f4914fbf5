import { expect, test } from 'vitest'
import { createApi } from '../api.ts'
import { ComposerState } from '../state/composer.svelte.ts'
import { sampleMessage } from '../state/samples.ts'
import { ThreadState } from '../state/thread.svelte.ts'
import { ToastsState } from '../state/toasts.svelte.ts'
import { WritingState } from './writing.svelte.ts'

const id = '7b1c2f9e-1d1a-4c55-8a52-0c7c4f3ab001'
const user = { id, name: 'Ana', email: 'ana@example.com', role: 'agent', disabled: false } as const
const sendAt = '2036-11-23T09:00:00.000Z'

function given() {
  const sent: { body: string; clientKey: string; sendAt?: string }[] = []
  let lost: Promise<unknown> | undefined
  const api = createApi(async (url, { method, body }) => {
    if (method === 'DELETE') return Response.json({})
    if (method !== 'POST')
      return Response.json({ items: url.endsWith('/scheduled') ? waiting() : [] })
    sent.push(JSON.parse(body as string) as (typeof sent)[0])
    if (lost) {
      await lost
      throw new TypeError('network')
    }
    const error = { code: 'contact_opted_out', message: 'opted out', requestId: 'r' }
    return Response.json({ error }, { status: 409 })
  })
  const feed = {
    listen: () => () => undefined,
    follow: () => ({ following: Promise.resolve(), unfollow: () => undefined }),
  }
  const thread = new ThreadState(id, {
    ...{ api, feed, userId: id, onlate: (draft) => composer.forget(draft) },
  })
  const composer = new ComposerState({
    draft: { text: 'See you then', note: false, files: [] },
    isThere: async () => true,
    upload: () => Promise.reject(new Error('nothing is uploaded')),
    send: (draft, how) => thread.outbox.send(draft, how),
    keep: () => undefined,
  })
  const toasts = new ToastsState()
  const writing = new WritingState({
    ...{ api, feed, thread, composer, toasts, user },
  })
  const times = { createdAt: '2026-11-21T09:00:00.000Z', sendAt: '2026-11-21T09:00:10.000Z' }
  const waiting = () =>
    sent.map(({ body, clientKey }) => ({
      ...sampleMessage({ id, conversationId: id, body, clientKey, ...times }),
      ...{ author: { ...sampleMessage({}).author, id }, problem: null, cancelOnReply: false },
    }))
  const comes = () => {
    const message = sampleMessage({ conversationId: id, body: 'Wait!' })
    writing.newer.apply({ cursor: '1', type: 'message.created', message })
  }
  return {
    writing,
    thread,
    sent,
    comes,
    loseAnswers: (at: Promise<unknown> = Promise.resolve()) => void (lost = at),
  }
}

test('a text that was to go out later keeps its time when it is sent although something newer came', async () => {
  const { writing, sent, comes } = given()
  comes()

  await writing.send({ sendAt })
  expect(sent).toEqual([])
  await writing.sendAnyway()

  expect(sent).toMatchObject([{ body: 'See you then', sendAt }])
})

test('what is sent at once after a time was chosen goes out at once', async () => {
  const { writing, sent, comes } = given()
  comes()

  await writing.send({ sendAt })
  await writing.send()

  expect(sent.map((text) => 'sendAt' in text)).toEqual([false])
})

test('a text whose answer was lost, and which is seen to wait, is not given back as not sent', async () => {
  const { writing, thread, sent, loseAnswers } = given()
  loseAnswers()

  await writing.send()
  expect(thread.outbox.unsent).not.toBe(null)
  await writing.scheduled.load()

  expect(thread.outbox.unsent).toBe(null)
  expect(writing.composer.body).toBe('')
  writing.composer.body = 'And another'
  const { promise, resolve } = Promise.withResolvers<undefined>()
  loseAnswers(promise)
  const sending = writing.send()
  await expect.poll(() => sent).toHaveLength(2)
  await writing.scheduled.load()
  resolve(undefined)
  await sending
  expect(thread.outbox.unsent).toBe(null)
  expect(writing.composer.body).toBe('')
})

test('a text whose answer was lost, taken back where it waits, is in the box once and is then a new one', async () => {
  const { writing, sent, loseAnswers } = given()
  loseAnswers()
  await writing.send()
  expect(writing.composer.body).toBe('See you then')
  await writing.scheduled.load()
  const [item] = writing.scheduled.items
  if (item) await writing.takeBack(item)
  expect(writing.composer.body).toBe('See you then')
  await writing.send()

  expect(sent[1]?.clientKey).not.toBe(sent[0]?.clientKey)
})
