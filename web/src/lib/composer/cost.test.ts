import { expect, test } from 'vitest'
import { costOf, formatCost } from './cost.ts'

const price = (country: string, each: number | null, currency: string | null = 'USD') => ({
  ...{ country, price: each, currency, problem: null, lookedAt: '' },
})
const countries = [
  { country: 'US', recipients: 30 },
  { country: 'GB', recipients: 7 },
]

test('a text costs its segments for everybody, each by the price of their country', () => {
  const cost = costOf(countries, [price('US', 0.0083), price('GB', 0.0524)], 2)

  expect(cost?.amount).toBeCloseTo(2 * (30 * 0.0083 + 7 * 0.0524))
  expect(cost?.currency).toBe('USD')
})

test('one unknown price, or another currency, and no sum is made up', () => {
  expect(costOf(countries, [price('US', 0.0083)], 1)).toBe(undefined)
  expect(costOf(countries, [price('US', 0.0083), price('GB', null, null)], 1)).toBe(undefined)
  expect(costOf(countries, [price('US', 0.0083), price('GB', 0.05, 'EUR')], 1)).toBe(undefined)
  expect(costOf([{ country: null, recipients: 1 }], [], 1)).toBe(undefined)
})

test('where nobody gets it there is no price', () => {
  expect(costOf([{ country: 'US', recipients: 0 }], [price('US', 0.0083)], 1)).toBe(undefined)
})

test('fractions of a cent are shown where they are all there is', () => {
  expect(formatCost({ amount: 0.0083, currency: 'USD' })).toBe('$0.0083')
  expect(formatCost({ amount: 0.0332, currency: 'USD' })).toBe('$0.03')
  expect(formatCost({ amount: 0.6142, currency: 'USD' })).toBe('$0.61')
})
