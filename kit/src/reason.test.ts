import { expect, test } from 'vitest'
import { reasonOf, traceOf } from './reason.ts'

test('a statement and its values, wrapped around what the database said, are not told', () => {
  const cause = Object.assign(new Error('deadlock detected'), { code: '40P01' })
  const error = new Error('Failed query: insert …\nparams: +15555550100,\n    at lunch', { cause })

  expect(reasonOf(error)).toBe('Error: deadlock detected (40P01)')
  expect(traceOf(new Error('params: secret', { cause }))).not.toContain('secret')
  expect(traceOf(error)).toMatch(/^Error: deadlock detected \(40P01\)\n\s+at /)
})

test('what Postgres or JSON quote of something malformed is not told', () => {
  const cause = Object.assign(new Error('invalid input syntax for type integer: "at lunch"'), {
    code: '22P02',
  })

  expect(reasonOf(cause)).toBe('Error: invalid input syntax for type integer… (22P02)')
  for (const text of ['at lunch', '{"body": "at lunch', '{"body": at lunch}']) {
    expect(reasonOf(failureOf(text))).toMatch(
      /^SyntaxError: [^"'`]+…$|^SyntaxError: [^"'`]+at position/,
    )
  }
})

function failureOf(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch (error) {
    return error
  }
}

test('what is not an error is told as it is', () => {
  expect(reasonOf('gone')).toBe('gone')
  expect(traceOf(undefined)).toBe('undefined')
})
