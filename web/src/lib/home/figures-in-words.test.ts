import { expect, test } from 'vitest'
import {
  compareCounts,
  compareRates,
  compareWaits,
  deliveryRate,
  formatDuration,
  formatRate,
} from './figures-in-words.ts'

test('a duration is told in what people would say', () => {
  expect([12, 61, 3_600, 7_900, 90_000, 300_000].map(formatDuration)).toEqual([
    '12 s',
    '1 min',
    '1 h',
    '2 h 12 min',
    '25 h',
    '3 days',
  ])
})

test('a rate is 100% only when nothing failed, and nothing while nothing has ended', () => {
  expect(formatRate(1)).toBe('100%')
  expect(formatRate(0.99999)).toBe('99.9%')
  expect(deliveryRate({ delivered: 0, failed: 0 })).toBeNull()
  expect(deliveryRate({ delivered: 3, failed: 1 })).toBe(0.75)
})

test('numbers are compared in words, with a tone only where one way is better', () => {
  expect(compareCounts(12, 10, 'before')).toEqual({ note: '20% more than before', tone: 'plain' })
  expect(compareCounts(0, 10, 'before').note).toBe('100% fewer than before')
  expect(compareCounts(5, 0, 'before').note).toBe('None before')
  expect(compareRates(0.99, 0.97, 'before')).toEqual({
    note: '2 points better than before',
    tone: 'ok',
  })
  expect(compareRates(null, 0.5, 'before').tone).toBe('plain')
  expect(compareWaits(300, 120, 'before')).toEqual({
    note: '3 min later than before',
    tone: 'warn',
  })
})
