import { expect, test } from 'vitest'
import { sampleLine } from '../state/samples.ts'
import { pausedWords } from './line-paused.ts'

const pausedFor = (code: number | null) => ({ code, reason: 'Carriers block it.', advice: 'Ask.' })
const pausedAt = '2026-11-22T02:00:00.000Z'

test('why a line is paused names the error where there is one', () => {
  const words = (code: number | null) =>
    pausedWords(sampleLine({ pausedAt, pausedFor: pausedFor(code) }))

  expect(words(30034)).toContain('failed (error 30034): Carriers block it. Ask.')
  expect(words(null)).toContain('failed: Carriers block it. Ask.')
})
