import { expect, test } from 'vitest'
import { fromLocalInput, toLocalInput } from './local-input.ts'

test('an instant goes into the field and comes back the same to the minute, across a change of clocks', () => {
  for (const iso of ['2026-01-05T08:09:00Z', '2026-03-29T00:59:00Z', '2026-10-25T23:30:00Z']) {
    const date = new Date(iso)
    expect(fromLocalInput(toLocalInput(date))).toEqual(date)
  }
})

test('an empty or half typed field is no instant', () => {
  expect(fromLocalInput('')).toBeNull()
  expect(fromLocalInput('2026-13')).toBeNull()
})

test('a year that is half typed stays in the field as it is typed', () => {
  const halfTyped = '0002-11-22T09:00'

  expect(toLocalInput(fromLocalInput(halfTyped) ?? new Date())).toBe(halfTyped)
})
