import { expect, test } from 'vitest'
import { hideNumbers } from './hide-numbers.ts'

test.each([
  ['+15558675310', '…5310'],
  ['whatsapp:+15558675310', 'whatsapp:…5310'],
  ['Front desk (555) 867-5310', 'Front desk (…5310'],
  ['Desk 2, +1 555 867 5310 or +1 555 867 5311', 'Desk 2, …5310 or …5311'],
  ['Desk 2 of 3', 'Desk 2 of 3'],
])('of the name %j metrics show %j', (name, shown) => {
  expect(hideNumbers(name)).toBe(shown)
})
