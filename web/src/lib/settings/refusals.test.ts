import { expect, test } from 'vitest'
import { RefusalsState } from './refusals.svelte.ts'

const refused = (minute: number) => ({
  at: `2026-11-21T10:0${minute}:00.000Z`,
  reason: 'no signature' as const,
  ...{ url: 'https://x/webhooks', matchingUrl: null, advice: 'Look', setting: null },
})

test('what is refused while one reads waits until it is asked for, and is counted', () => {
  const refusals = new RefusalsState()
  refusals.take([refused(1)])
  expect(refusals.shown).toHaveLength(1)

  refusals.take([refused(3), refused(2), refused(1)])
  expect(refusals.shown).toHaveLength(1)
  expect(refusals.news).toBe(2)

  refusals.show()
  expect(refusals.shown).toHaveLength(3)
  expect(refusals.news).toBe(0)
})
