import { expect, test } from 'vitest'
import { createApi } from '../api.ts'
import { DeliveriesState } from './deliveries.svelte.ts'

/** Of 2,500 that wait for a person, and 300 that failed, one page is loaded. */
function given({ held = 0, late = 0, withdrawn = 0 }) {
  let left = held
  const asked: string[] = []
  const api = createApi(async (url, { method = 'GET' }) => {
    asked.push(`${method} ${url}`)
    if (url.includes('/deliveries/retry')) {
      const queued = Math.min(left, 1_000)
      left -= queued
      return Response.json({ queued, left, late, withdrawn })
    }
    if (url.includes('/deliveries')) return Response.json({ items: [], nextCursor: 'more' })
    if (method === 'POST') return Response.json({ queued: 300, late, withdrawn })
    return Response.json({
      ...{ failed: 300, late: 0, withdrawn: 0 },
      held: left > 0 ? [{ cause: 'send_cap', count: left }] : [],
    })
  })
  const state = new DeliveriesState(api, '0190a0a0-0000-7000-8000-000000000001')
  return { state, asked, left: () => left }
}

test('how many are sent again is the server’s number, not that of the rows that are loaded', async () => {
  const { state } = given({ held: 2_500 })

  await state.load()

  expect(state.items).toHaveLength(0)
  expect(state.retryable).toMatchObject({
    failed: 300,
    held: [{ cause: 'send_cap', count: 2_500 }],
  })
})

test('all that are held are sent, however many one request takes', async () => {
  const { state, asked, left } = given({ held: 2_500 })

  await state.retryHeld('send_cap')

  expect(left()).toBe(0)
  expect(asked.filter((one) => one.startsWith('POST'))).toHaveLength(3)
  expect(state.retryable?.held).toEqual([])
  expect(state.note).toBe('')
})

test('those that come too late, or whose template was withdrawn, are spoken of', async () => {
  const { state } = given({ held: 2, late: 3, withdrawn: 1 })

  await state.retryHeld('send_cap')
  expect(state.note).toContain('3 texts were left out')
  await state.retryFailed()
  expect(state.note).toContain('3 texts were left out')
  expect(state.note).toContain(' 1 text was left out: the template cannot be sent any more.')
})
