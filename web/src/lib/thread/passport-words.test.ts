import { expect, test } from 'vitest'
import { passportWords } from './passport-words.ts'

const status = {
  kind: 'status',
  status: 'delivered',
  twilioSid: 'SM1',
  error: null,
  at: '2026-11-22T10:00:01.000Z',
  appliedAt: '2026-11-22T10:00:02.000Z',
} as const

test('a status that no callback told says that Twilio was asked', () => {
  expect(passportWords({ ...status, source: 'asked' }).text).toContain('Partyline asked Twilio')
  expect(passportWords({ ...status, source: 'callback' }).text).toBe('')
})

test('a callback that nobody knows yet says that it waits', () => {
  const waiting = { ...status, source: 'callback', appliedAt: null } as const
  expect(passportWords(waiting).text).toContain('waits')
})
