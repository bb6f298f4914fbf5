import { expect, test } from 'vitest'
import { rateOf, senderTypeOf } from './sender-rate.ts'

test.each([
  ['+12125550100', 'long_code'],
  ['+18885550100', 'toll_free'],
  ['12345', 'short_code'],
  ['+442079460958', 'international'],
  ['whatsapp:+12125550100', 'whatsapp'],
  ['messenger:1234', 'messenger'],
  [`MG${'a'.repeat(32)}`, 'service'],
])('%s is a %s', (address, type) => {
  expect(senderTypeOf(address)).toBe(type)
})

test('a line’s own rate takes the place of what its kind of sender is allowed', () => {
  expect(rateOf('+12125550100', null).segmentsPerSecond).toBe(1)
  expect(rateOf('+12125550100', 75)).toEqual({ segmentsPerSecond: 75, burst: 75 })
})
