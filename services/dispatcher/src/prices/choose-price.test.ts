import { expect, test } from 'vitest'
import { choosePrice } from './choose-price.ts'

test('of the carriers the dearest, for an ordinary number', () => {
  const prices = [
    { price: '0.0083', type: 'local' },
    { price: '0.0102', type: 'local' },
    { price: '0.9', type: 'shortcode' },
    { price: '0.0083', type: 'mobile' },
  ]

  expect(choosePrice(prices)).toBe('0.0102')
})

test('where no ordinary number can text, what there is', () => {
  expect(choosePrice([{ price: '0.05', type: 'alphanumeric' }])).toBe('0.05')
})

test('a list that says nothing gives no price', () => {
  expect(choosePrice([])).toBeUndefined()
  expect(choosePrice([{ price: '', type: 'local' }])).toBeUndefined()
  expect(choosePrice([{ price: 'free', type: 'local' }])).toBeUndefined()
})
