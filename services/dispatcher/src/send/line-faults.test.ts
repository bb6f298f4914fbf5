import { expect, test } from 'vitest'
import { createLineFaults, faultsInTurn } from './line-faults.ts'

const unregistered = 30034
const failed = (lineId: string, count: number, errorCode = unregistered) => ({
  arrivedOn: [],
  failures: Array.from({ length: count }, () => ({ lineId, errorCode })),
})

test('a line is given up when as many texts in turn failed because of it, whatever other lines do', () => {
  const faults = createLineFaults()

  expect(faults.note(failed('a', faultsInTurn - 1))).toEqual(new Map())
  expect(faults.note(failed('b', 1))).toEqual(new Map())
  expect(faults.note(failed('a', 1, 30007))).toEqual(new Map([['a', 30007]]))
  // It was told: from here on it is counted anew.
  expect(faults.note(failed('a', faultsInTurn - 1))).toEqual(new Map())
})

test('a text that arrives says that the line is able to, in the same lot too', () => {
  const faults = createLineFaults()

  faults.note(failed('a', faultsInTurn - 1))
  faults.note({ arrivedOn: ['a'], failures: [] })
  expect(faults.note(failed('a', faultsInTurn - 1))).toEqual(new Map())
  expect(faults.note({ ...failed('a', 1), arrivedOn: ['a'] })).toEqual(new Map())
})

test('what lies with the recipients is no fault of the line', () => {
  expect(createLineFaults().note(failed('a', faultsInTurn, 30003))).toEqual(new Map())
})
