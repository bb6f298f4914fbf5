import { expect, test, vi } from 'vitest'
import { createApi } from '../api.ts'
import { sampleMessage } from './samples.ts'
import { ScheduledState } from './scheduled.svelte.ts'

const id = '7b1c2f9e-1d1a-4c55-8a52-0c7c4f3ab001'
/** As the api has it. */
const real = { id, conversationId: id, author: { ...sampleMessage({}).author, id } }
const waiting = () => ({
  ...sampleMessage({ ...real, clientKey: 'k1', sendAt: '2026-11-21T09:00:10.000Z' }),
  ...{ createdAt: '2026-11-21T09:00:00.000Z', problem: null, cancelOnReply: false },
})
const created = { cursor: '1', type: 'message.created' } as const

test('one that just waits to be taken back counts down by this machine’s clock, however wrong that is', () => {
  vi.setSystemTime('2026-11-21T08:00:00Z')
  const scheduled = new ScheduledState(
    createApi(async () => Response.json({ items: [] })),
    id,
  )

  scheduled.put(waiting())

  expect(scheduled.items).toMatchObject([{ isUndo: true, dueAt: Date.now() + 10_000 }])
  vi.useRealTimers()
})

test('once its message is there it waits no longer, whatever an older list says', async () => {
  const { promise, resolve } = Promise.withResolvers<Response>()
  const scheduled = new ScheduledState(
    createApi(() => promise),
    id,
  )
  scheduled.put(waiting())
  const loading = scheduled.reload()

  scheduled.apply({ ...created, message: sampleMessage({ ...real, clientKey: 'k1' }) })
  expect(scheduled.items).toEqual([])
  resolve(Response.json({ items: [waiting()] }))

  expect(await loading).toBe(true)
  expect(scheduled.items).toEqual([])
})

test('what is taken back too late is not given back', async () => {
  const error = { code: 'not_found', message: 'none', requestId: 'r' }
  const scheduled = new ScheduledState(
    createApi(async (_url, { method }) =>
      method === 'DELETE'
        ? Response.json({ error }, { status: 404 })
        : Response.json({ items: [] }),
    ),
    id,
  )
  scheduled.put(waiting())
  const [item] = scheduled.items
  if (!item) throw new Error('nothing waits')

  expect(await scheduled.cancel(item)).toBe(false)
  expect(scheduled.items).toEqual([])
})

test('what is to go at once and has gone already is no failure, and waits no longer', async () => {
  const replies = [
    Response.json({ error: { code: 'not_found', message: 'Gone.' } }, { status: 404 }),
    Response.json({ items: [] }),
  ]
  const scheduled = new ScheduledState(
    createApi(async () => replies.shift() ?? Response.error()),
    id,
  )
  scheduled.put(waiting())
  const [item] = scheduled.items
  if (!item) throw new Error('it does not wait')

  expect(await scheduled.sendNow(item)).toBe(false)
  expect(scheduled.items).toEqual([])
})
