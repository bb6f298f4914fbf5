import { expect, test } from 'vitest'
import { timeTrouble } from './time-trouble.ts'

const now = new Date('2026-11-21T09:00:00.000Z')

test('a time that is missing, over or more than a year ahead is refused in words', () => {
  expect(timeTrouble(null, now)).toBe('Choose a day and a time.')
  expect(timeTrouble(now, now)).toBe('This time is over. Choose a later one.')
  expect(timeTrouble(new Date('2027-11-22T09:00:00.000Z'), now)).toBe('At most a year ahead.')
  expect(timeTrouble(new Date('2027-11-21T09:00:00.000Z'), now)).toBeUndefined()
  expect(timeTrouble(new Date('2026-11-21T09:01:00.000Z'), now)).toBeUndefined()
})
