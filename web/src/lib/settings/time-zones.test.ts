import { expect, test } from 'vitest'
import { ownTimeZone, timeZones } from './time-zones.ts'

test('zones go by the names of today, the browser’s own first, and each is there once', () => {
  const zones = timeZones('Asia/Calcutta')
  expect(zones[0]).toBe(ownTimeZone())
  expect(zones).toEqual(expect.arrayContaining(['UTC', 'Asia/Kolkata', 'Europe/Kyiv']))
  for (const old of ['Asia/Calcutta', 'Europe/Kiev', 'Asia/Saigon'])
    expect(zones).not.toContain(old)
  expect(new Set(zones).size).toBe(zones.length)
  for (const zone of zones)
    expect(() => Intl.DateTimeFormat('en', { timeZone: zone })).not.toThrow()
})
