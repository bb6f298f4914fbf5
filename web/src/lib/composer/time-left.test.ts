import { expect, test } from 'vitest'
import { timeLeftInWords } from './time-left.ts'

test.each([
  [30_000, 'under a minute'],
  [12 * 60_000, '12 min'],
  [192 * 60_000, '3 h 12 min'],
  [120 * 60_000, '2 h'],
  [359 * 60_000, '5 h 59 min'],
  [1_439 * 60_000, '23 h'],
])('%d ms left: %s', (ms, words) => {
  expect(timeLeftInWords(ms)).toBe(words)
})
