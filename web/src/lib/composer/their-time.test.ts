import { expect, test } from 'vitest'
import { theirTime, whenTheyHave, zoneOfPhone } from './their-time.ts'

test('an area code tells a zone, a country of one zone too; what may be in several tells none', () => {
  const zones = [
    '+13105550111',
    'whatsapp:+17735550112',
    '+390612345678',
    '+447700900123',
    '+819012345678',
  ]
  expect(zones.map(zoneOfPhone)).toEqual([
    'America/Los_Angeles',
    'America/Chicago',
    'Europe/Rome',
    'Europe/London',
    'Asia/Tokyo',
  ])

  for (const several of ['+18005550100', '+79161234567', '+61412345678', '+34600123456']) {
    expect(zoneOfPhone(several), several).toBeUndefined()
  }
  expect(zoneOfPhone('messenger:123456')).toBeUndefined()
  expect(zoneOfPhone('MG123')).toBeUndefined()
})

test('their time is told where it differs from ours, with the day where that does', () => {
  const noon = new Date(2026, 10, 23, 12)
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone

  expect(theirTime(noon, here)).toBeUndefined()
  const shown = new Set(
    ['Pacific/Kiritimati', 'Pacific/Pago_Pago'].map((zone) => theirTime(noon, zone)),
  )
  expect(shown.size).toBe(2)
  expect([...shown].some((words) => words?.startsWith('Tue') || words?.startsWith('Sun'))).toBe(
    true,
  )
})

test('nine in the morning there is found again, also next to a change of the clocks', () => {
  for (const day of [7, 8, 9]) {
    const shown = new Date(2027, 2, day + 6, 9)
    const at = whenTheyHave(shown, 'America/New_York')
    const there = at.toLocaleTimeString('en-US', {
      timeZone: 'America/New_York',
      timeStyle: 'short',
    })
    expect(there).toBe('9:00 AM')
  }
})
