import { expect, test } from 'vitest'
import { createAllowance } from './allowance.ts'

test('a burst is allowed, what goes beyond it is not, and time fills it up again', () => {
  let time = 0
  const allowance = createAllowance({ burst: 3, perSecond: 2 }, () => time)
  const takeFour = () => [1, 2, 3, 4].map(() => allowance.take())

  expect(takeFour()).toEqual([true, true, true, false])
  time += 1_000
  expect(takeFour()).toEqual([true, true, false, false])
  time += 3_600_000
  expect(takeFour()).toEqual([true, true, true, false])
})
