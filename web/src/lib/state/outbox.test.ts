import { expect, test } from 'vitest'
import { createApi } from '../api.ts'
import { type Draft, Outbox } from './outbox.svelte.ts'
import { sampleMessage } from './samples.ts'

const id = '7b1c2f9e-1d1a-4c55-8a52-0c7c4f3ab001'
/** As the api has it. */
const real = { id, conversationId: id, author: { ...sampleMessage({}).author, id } }
const draft: Draft = { body: 'hi', media: [] }

function given(answer: () => Promise<Response>) {
  const keys: string[] = []
  const late: Draft[] = []
  const api = createApi(async (_url, init) => {
    keys.push((JSON.parse(init.body as string) as { clientKey: string }).clientKey)
    return answer()
  })
  const outbox = new Outbox({
    api,
    conversationId: 'c1',
    onsent: () => undefined,
    onlate: (text) => late.push(text),
  })
  return { outbox, keys, late }
}

const noAnswer = () => Promise.reject(new TypeError('network'))
const refused = async () =>
  Response.json(
    { error: { code: 'contact_opted_out', message: 'opted out', requestId: 'r' } },
    { status: 409 },
  )

test('a text that got no answer is sent again under the same key, so it cannot double', async () => {
  const { outbox, keys } = given(noAnswer)

  await outbox.send(draft)
  await outbox.send(draft)

  expect(keys[1]).toBe(keys[0])
})

test('a refused text is a new one when it is sent again', async () => {
  const { outbox, keys } = given(refused)

  expect(await outbox.send(draft)).toBe(false)
  expect(outbox.unsent?.reason).toBe('Opted out.')
  await outbox.send(draft)

  expect(keys[1]).not.toBe(keys[0])
})

test('S42: a repeat that is to be confirmed is confirmed by sending the same text again', async () => {
  const bodies: unknown[] = []
  const refusedAsRepeat = { code: 'repeat_unconfirmed', message: 'again?', requestId: 'r' }
  const api = createApi(async (_url, init) => {
    bodies.push(JSON.parse(init.body as string))
    return Response.json({ error: refusedAsRepeat }, { status: 409 })
  })
  const nothing = () => undefined
  const outbox = new Outbox({
    api,
    conversationId: 'c1',
    onsent: nothing,

    onlate: nothing,
  })

  for (const body of ['hi', 'hi', 'ho']) await outbox.send({ body, media: [] })

  expect(bodies).toMatchObject([{ body: 'hi' }, { body: 'hi', confirm: true }, { body: 'ho' }])
  expect(bodies.map((body) => 'confirm' in (body as object))).toEqual([false, true, false])
})

test('a text whose reply was lost but which the feed brings is taken back from the composer', async () => {
  const { outbox, keys, late } = given(noAnswer)
  await outbox.send(draft)

  outbox.settle(keys[0] ?? '')

  expect(outbox.unsent).toBe(null)
  expect(late.map(({ body }) => body)).toEqual(['hi'])
})

test('a notice that was dismissed does not make the same text a new one', async () => {
  const { outbox, keys } = given(noAnswer)
  await outbox.send(draft)

  outbox.dismiss()
  expect(outbox.unsent).toBe(null)
  await outbox.send(draft)

  expect(keys[1]).toBe(keys[0])
  expect(outbox.unsent).not.toBe(null)
})

test('a text that waits for its time is not in the thread, and is handed on with that time', async () => {
  const waiting: string[] = []
  const asked: unknown[] = []
  const message = sampleMessage({ ...real, sendAt: '2026-11-21T09:00:10.000Z' })
  const nothing = () => undefined
  const outbox = new Outbox({
    api: createApi(async (_url, init) => {
      asked.push(JSON.parse(init.body as string))
      return Response.json(message)
    }),
    ...{ conversationId: 'c1', onsent: nothing, onlate: nothing },
  })
  outbox.onwaiting = ({ sendAt }) => waiting.push(sendAt ?? '')

  const sending = outbox.send(draft, { undoSeconds: 10 })
  expect(outbox.outgoing).toEqual([])
  expect(outbox.toWait).toMatchObject([{ body: 'hi' }])
  await sending

  expect(asked).toMatchObject([{ body: 'hi', undoSeconds: 10 }])
  expect(waiting).toEqual(['2026-11-21T09:00:10.000Z'])
  expect(outbox.toWait).toEqual([])
})

test('a template goes as what it is, and is another text than its words or other values', async () => {
  const sent: Record<string, unknown>[] = []
  const nothing = () => undefined
  const api = createApi(async (_url, init) => {
    sent.push(JSON.parse(init.body as string) as Record<string, unknown>)
    return Promise.reject(new TypeError('network'))
  })
  const outbox = new Outbox({ api, conversationId: 'c1', onsent: nothing, onlate: nothing })
  const template = (value: string) => ({ id: 'HX1', variables: { 1: value } })

  for (const each of [template('a'), template('a'), template('b'), undefined]) {
    await outbox.send({ body: 'hi', media: [], ...(each && { template: each }) })
  }

  expect(sent[0]).toMatchObject({ templateId: 'HX1', templateVariables: { 1: 'a' } })
  expect(sent[0]).not.toHaveProperty('body')
  const keys = sent.map(({ clientKey }) => clientKey)
  expect(keys[1]).toBe(keys[0])
  expect(new Set(keys).size).toBe(3)
})

test('a note goes to colleagues’ address and to no phone’s', async () => {
  const urls: string[] = []
  const nothing = () => undefined
  const api = createApi(async (url) => {
    urls.push(url)
    return Response.json(sampleMessage({ ...real, kind: 'note' }))
  })
  const deps = { api, conversationId: 'c1', onsent: nothing, onlate: nothing }

  expect(await new Outbox(deps).send(draft, { note: true })).toBe(true)

  expect(urls).toEqual(['/api/conversations/c1/notes'])
})

test.each([502, 500])(
  'a text answered with %i by what stands between may have been taken: it keeps its key',
  async (status) => {
    const { outbox, keys } = given(async () => new Response('<h1>oh</h1>', { status }))

    await outbox.send(draft)
    await outbox.send(draft)

    expect(keys[1]).toBe(keys[0])
  },
)

test('words that were to be a text and are then a note are another text', async () => {
  const { outbox, keys } = given(noAnswer)

  await outbox.send(draft)
  await outbox.send(draft, { note: true })

  expect(keys[1]).not.toBe(keys[0])
})
