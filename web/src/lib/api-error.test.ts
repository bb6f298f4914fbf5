import { afterEach, expect, test, vi } from 'vitest'
import { ApiError, messageOf } from './api-error.ts'

afterEach(() => {
  vi.unstubAllGlobals()
})

test('a mistake of ours is told to the console once, and an answer of the api never', () => {
  const reported: unknown[] = []
  vi.stubGlobal('reportError', (error: unknown) => reported.push(error))
  const wrong = new TypeError('undefined is not a function')

  expect([messageOf(wrong), messageOf(wrong)]).toEqual([
    'Something went wrong on our side. Please try again.',
    'Something went wrong on our side. Please try again.',
  ])
  expect(messageOf(new ApiError('not_found', 'There is no such line.'))).toBe(
    'There is no such line.',
  )

  expect(reported).toEqual([wrong])
})
