import { expect, test } from 'vitest'
import { createApi } from '../api.ts'
import { HomeState } from './home.svelte.ts'

const error = { code: 'internal', message: 'no', requestId: 'r' }

test('asked twice what needs a person, the later question counts, whichever answer comes first', async () => {
  const answers = Array.from({ length: 2 }, () => Promise.withResolvers<Response>())
  let asked = 0
  const api = createApi(async () => {
    // Two requests each.
    const answer = await answers[Math.floor(asked++ / 2)]?.promise
    return answer?.clone() ?? Response.error()
  })
  const home = new HomeState(api)
  const [early, late] = [home.loadAttention(), home.loadAttention()]
  answers[1]?.resolve(Response.json({ error }, { status: 403 }))
  await late
  expect(home.error).toBe('No.')

  answers[0]?.resolve(Response.json({ error: { ...error, message: 'stale' } }, { status: 403 }))
  await early

  expect(home.error).toBe('No.')
})
