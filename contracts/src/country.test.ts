import { expect, test } from 'vitest'
import { isAllowedCountry } from './country.ts'

test.for([
  ['+14155550101', 'a number in the US', true],
  ['+15558675310', 'a number that nobody was given, with the code of the US', true],
  ['whatsapp:+12125552368', 'WhatsApp in the US', true],
  ['messenger:1234567', 'Messenger, which has no countries', true],
  ['+18765551234', 'Jamaica, which shares the code of the US', false],
  ['+14165551234', 'Canada', false],
  ['+447400123456', 'the United Kingdom', false],
  ['whatsapp:+96512345678', 'WhatsApp in Kuwait', false],
  ['+8821234567', 'a satellite phone, which has no country', false],
] as const)('S42: with US allowed, %s (%s): %s', ([address, , allowed]) => {
  expect(isAllowedCountry(address, ['US'])).toBe(allowed)
})

test('S42: with no country named every number is allowed', () => {
  expect(isAllowedCountry('+8821234567', [])).toBe(true)
})
