import { expect, test, vi } from 'vitest'
import { createApi } from '../api.ts'
import { ComposerState } from '../state/composer.svelte.ts'
import { sampleMessage } from '../state/samples.ts'
import { ScheduledState } from '../state/scheduled.svelte.ts'
import { ToastsState } from '../state/toasts.svelte.ts'
import { RewritingState } from './rewriting.svelte.ts'

const id = '7b1c2f9e-1d1a-4c55-8a52-0c7c4f3ab001'
const inAnHour = () => new Date(Date.now() + 3_600_000).toISOString()

function given({ cancelling = () => Response.json({}) } = {}) {
  const asked: string[] = []
  const api = createApi(async (_url, { method }) => {
    asked.push(method ?? 'GET')
    return method === 'DELETE' ? cancelling() : Response.json({ items: [] })
  })
  const scheduled = new ScheduledState(api, id)
  scheduled.put({
    ...sampleMessage({ id, conversationId: id, clientKey: 'k1', sendAt: inAnHour() }),
    ...{ body: 'as it was', createdAt: new Date().toISOString() },
  })
  const composer = new ComposerState({
    draft: { text: 'typed before', note: false, files: [] },
    isThere: async () => true,
    upload: () => Promise.reject(new Error('nothing is uploaded')),
    send: async () => true,
    keep: () => undefined,
  })
  const toasts = new ToastsState()
  const later = { cancelOnReply: false }
  const rewriting = new RewritingState({ composer, scheduled, toasts, later })
  const [item] = scheduled.items
  if (!item) throw new Error('nothing waits')
  rewriting.begin(item, { waits: true })
  return { asked, scheduled, composer, toasts, rewriting, item, later }
}

test('a scheduled text that is written anew keeps its time, and waits as it was until the new one is stored', async () => {
  const { asked, composer, scheduled, rewriting } = given()
  expect(composer.body).toBe('as it was')
  expect(composer.draft.text).toBe('typed before')
  expect(rewriting.time()).toBe(scheduled.items[0]?.sendAt)

  await rewriting.replace(async () => false)
  expect(asked).toEqual([])
  expect(rewriting.isOn).toBe(true)

  await rewriting.replace(() => composer.submit())
  expect(asked).toEqual(['DELETE'])
  expect(rewriting.isOn).toBe(false)
  expect(composer.body).toBe('typed before')
})

test('once its time has passed nothing is sent until another is chosen', () => {
  const { rewriting } = given()
  vi.setSystemTime(Date.now() + 7_200_000)

  expect(rewriting.time()).toBe(undefined)
  expect(rewriting.refused).toBe(true)

  rewriting.move(new Date(Date.now() + 1_000))
  expect(rewriting.time()).toBe(new Date(Date.now() + 1_000).toISOString())
  vi.useRealTimers()
})

test('one that was sent meanwhile is not replaced without a word', async () => {
  const error = { code: 'not_found', message: 'none', requestId: 'r' }
  const { composer, toasts, rewriting } = given({
    cancelling: () => Response.json({ error }, { status: 404 }),
  })

  await rewriting.replace(() => composer.submit())

  expect(toasts.items.map(({ text }) => text).join()).toContain('sent already')
})

test('changes that are discarded leave the box as it was before', () => {
  const { composer, scheduled, rewriting } = given()
  composer.body = 'changed'

  rewriting.leave()

  expect(composer.body).toBe('typed before')
  expect(scheduled.items).toHaveLength(1)
})

test('whether a reply takes it back belongs to the text that is written anew, not to the next one', async () => {
  const { composer, rewriting, item, later } = given()
  rewriting.leave()
  const cancelled = { ...item, cancelOnReply: true }

  rewriting.begin(cancelled, { waits: true })
  expect(later.cancelOnReply).toBe(true)
  rewriting.leave()
  expect(later.cancelOnReply).toBe(false)

  rewriting.begin(cancelled, { waits: false })
  expect(later.cancelOnReply).toBe(true)
  await rewriting.replace(() => composer.submit())
  expect(later.cancelOnReply).toBe(false)
})

test('a text that was put back is not lost with the box: it waits nowhere else', () => {
  const { composer, rewriting, item } = given()
  rewriting.leave()

  rewriting.begin(item, { waits: false })
  expect(composer.draft.text).toBe('as it was\ntyped before')

  rewriting.begin({ ...item, body: 'another' }, { waits: true })
  expect(composer.body).toBe('another')
  expect(composer.draft.text).toBe('as it was\ntyped before')
})

test('nor is what was written anew of a text that waits no longer', () => {
  const { composer, scheduled, rewriting } = given()
  composer.body = 'changed'
  expect(composer.draft.text).toBe('typed before')

  const message = sampleMessage({ conversationId: id, clientKey: 'k1' })
  scheduled.apply({ cursor: '1', type: 'message.created', message })

  expect(rewriting.isGone).toBe(true)
  expect(composer.draft.text).toBe('changed\ntyped before')
})
