import { expect, test } from 'vitest'
import { formatAgo, formatDay, formatSince, formatSoon } from './dates.ts'

const at = (day: number, hour: number, minute = 0) =>
  new Date(2026, 10, day, hour, minute).toISOString()
const now = new Date(2026, 10, 21, 9, 0).getTime()

test.each([
  [at(21, 9), 'now'],
  [at(21, 8, 55), '5 min'],
  [at(21, 6), '3 h'],
  [at(20, 23, 59), 'Yesterday'],
])('%s is written as %s in the list', (time, words) => {
  expect(formatAgo(time, now)).toBe(words)
})

test('a day begins at local midnight, not 24 hours ago', () => {
  expect([at(21, 0, 1), at(20, 23, 59)].map((time) => formatDay(time, now))).toEqual([
    'Today',
    'Yesterday',
  ])
})

test.each([
  [at(21, 9), 'just now'],
  [at(21, 8, 55), '5 min ago'],
  [at(20, 23, 59), 'yesterday'],
])('%s is written as %s in a sentence', (time, words) => {
  expect(formatSince(time, now)).toBe(words)
})

test.each([
  [at(21, 17, 30), /30/],
  [at(22, 9), /^Sun$/],
  [at(30, 9), /^(Nov 30|30 Nov)$/],
])('%s, which is to come, is written as %s in the list', (time, words) => {
  expect(formatSoon(time, now)).toMatch(words)
})
