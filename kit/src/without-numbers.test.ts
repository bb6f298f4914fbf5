import { expect, test } from 'vitest'
import { withoutNumbers } from './without-numbers.ts'

test.each([
  ['to +14155550123.', 'to +…23.'],
  ['"whatsapp:+14155550123"', '"whatsapp:+…23"'],
  ['/webhooks?From=%2B14155550123&To=14155550199', '/webhooks?From=%2B…23&To=…99'],
  ['/api/contacts/4155550123', '/api/contacts/…23'],
  ['"messenger:1234567890123456"', '"messenger:…"'],
])('a number is not told: %s', (given, told) => {
  expect(withoutNumbers(given)).toBe(told)
})

test.each([
  '{"level":30,"time":1763740800000,"service":"api"}',
  '"deliveryId":"01981234-5678-7123-8123-456789012345"',
  '"twilioSid":"SM01234567890123456789012345678901"',
  '"trace_id":"01234567890123456789012345678901"',
  '"jobId":"1234567"',
  '2026-11-21T17:36:00.000Z connect ECONNREFUSED 127.0.0.1:54321',
])('what is no number is left as it is: %s', (line) => {
  expect(withoutNumbers(line)).toBe(line)
})
