import { expect, test } from 'vitest'
import { calendarDays } from './calendar-days.ts'

const days = (zone: string, from: string, to: string) =>
  calendarDays(zone, new Date(from), new Date(to)).map(({ day, begins }) => [
    day,
    begins.toISOString().slice(0, 16),
  ])

test.each([
  ['UTC', '2026-01-01T00:00'],
  ['Asia/Calcutta', '2025-12-31T18:30'],
  ['Asia/Kolkata', '2025-12-31T18:30'],
  ['America/Buenos_Aires', '2026-01-01T03:00'],
  ['US/Pacific', '2026-01-01T08:00'],
  ['Pacific/Kiritimati', '2025-12-31T10:00'],
])('the first of January begins in %s at %s', (zone, begins) => {
  const [first] = days(zone, `${begins}:00Z`, `${begins}:00Z`)
  expect(first).toEqual(['2026-01-01', begins])
  const [before] = days(zone, new Date(Date.parse(`${begins}Z`) - 1).toISOString(), `${begins}:00Z`)
  expect(before?.[0]).toBe('2025-12-31')
})

test('a day is as long as its clocks make it', () => {
  expect(days('Europe/Berlin', '2026-03-29T12:00:00Z', '2026-03-30T12:00:00Z')).toEqual([
    ['2026-03-29', '2026-03-28T23:00'],
    ['2026-03-30', '2026-03-29T22:00'],
  ])
  expect(days('Europe/Berlin', '2026-10-25T12:00:00Z', '2026-10-26T12:00:00Z')).toEqual([
    ['2026-10-25', '2026-10-24T22:00'],
    ['2026-10-26', '2026-10-25T23:00'],
  ])
})

test('a day whose midnight is left out begins with the hour after it', () => {
  expect(days('Africa/Cairo', '2024-04-26T12:00:00Z', '2024-04-26T12:00:00Z')).toEqual([
    ['2024-04-26', '2024-04-25T22:00'],
  ])
})

test('a day whose midnight comes twice begins with the first', () => {
  // In Havana one o’clock in the night was midnight again.
  expect(days('America/Havana', '2025-11-02T12:00:00Z', '2025-11-02T12:00:00Z')).toEqual([
    ['2025-11-02', '2025-11-02T04:00'],
  ])
})
