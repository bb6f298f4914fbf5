import { expect, test } from 'vitest'
import type { LineHours } from './api/lines.ts'
import { isOpenAt } from './line-hours.ts'

const week = (given: Partial<Record<number, [string, string]>>, timeZone = 'Europe/Berlin') => ({
  timeZone,
  days: Array.from({ length: 7 }, (_, day): LineHours['days'][number] => {
    const [from, to] = given[day] ?? []
    return from !== undefined && to !== undefined ? { from, to } : null
  }),
})
const open = (hours: LineHours, at: string) => isOpenAt(hours, new Date(at))

test('a line is open from the first minute to before the last, in its own time zone', () => {
  const monday = week({ 0: ['09:00', '17:00'] })
  expect(open(monday, '2026-11-23T07:59:00Z')).toBe(false)
  expect(open(monday, '2026-11-23T08:00:00Z')).toBe(true)
  expect(open(monday, '2026-11-23T15:59:00Z')).toBe(true)
  expect(open(monday, '2026-11-23T16:00:00Z')).toBe(false)
  expect(open(monday, '2026-11-24T10:00:00Z')).toBe(false)
  // An hour earlier by UTC in summer.
  expect(open(monday, '2026-07-06T07:00:00Z')).toBe(true)
})

test('hours that end before they begin run into the next day, and midnight to midnight is all of it', () => {
  const sundayNight = week({ 6: ['22:00', '06:00'] }, 'America/New_York')
  expect(open(sundayNight, '2026-11-23T02:59:00Z')).toBe(false)
  expect(open(sundayNight, '2026-11-23T03:00:00Z')).toBe(true)
  expect(open(sundayNight, '2026-11-23T10:59:00Z')).toBe(true)
  expect(open(sundayNight, '2026-11-23T11:00:00Z')).toBe(false)
  const allDay = week({ 2: ['00:00', '00:00'] }, 'UTC')
  expect(open(allDay, '2026-11-25T00:00:00Z')).toBe(true)
  expect(open(allDay, '2026-11-25T23:59:00Z')).toBe(true)
  expect(open(allDay, '2026-11-26T00:00:00Z')).toBe(false)
})
