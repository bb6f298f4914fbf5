import { expect, test } from 'vitest'
import { failureKind, readConnection } from './connection.ts'

test('an address without overrides is retried once, and only when nobody picks up', () => {
  expect(readConnection('https://hub.example.com/a?b=c')).toEqual({
    connectMs: 5_000,
    readMs: 15_000,
    totalMs: 15_000,
    retries: 1,
    retryOn: new Set(['ct']),
  })
})

test('overrides are read from the fragment and kept within Twilio’s bounds', () => {
  const connection = readConnection(
    'https://hub.example.com/a#rc=9&rp=5xx,rt&ct=1&rt=99999&tt=4000',
  )

  expect(connection).toMatchObject({ retries: 5, connectMs: 100, readMs: 15_000, totalMs: 4_000 })
  expect([...connection.retryOn]).toEqual(['5xx', 'rt'])
})

test('a failure has the name a retry policy gives it', () => {
  expect(failureKind({ status: 204 })).toBeUndefined()
  expect(failureKind({ status: 403 })).toBe('4xx')
  expect(failureKind({ status: 503 })).toBe('5xx')
  expect(failureKind({ failed: 'rt' })).toBe('rt')
})
