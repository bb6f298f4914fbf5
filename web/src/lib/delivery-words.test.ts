import type { Delivery } from '@partyline/contracts/api/deliveries'
import { expect, test } from 'vitest'
import { wordsOfDelivery, wordsOfMessage } from './delivery-words.ts'
import { sampleMessage } from './state/samples.ts'

const cancelled: Delivery = {
  id: 'd1',
  messageId: 'm1',
  memberId: null,
  name: 'Ben',
  address: '+17735550112',
  displayAddress: '(773) 555-0112',
  status: 'cancelled',
  error: { code: null, reason: 'They left the group before this text went out.', advice: '' },
  heldFor: null,
  attempts: 0,
  canRetry: false,
  twilioSid: null,
  updatedAt: '2026-11-21T09:00:00.000Z',
}

test('who texted STOP reads as opted out, who left the group as cancelled', () => {
  const error = { code: null, reason: 'They texted STOP to this line.', advice: '' }

  expect(wordsOfDelivery({ ...cancelled, error }).text).toBe('Opted out')
  expect(wordsOfDelivery(cancelled).text).toBe('Cancelled')
})

test('a text that was held back is on hold, whether or not it may have gone out', () => {
  const deliveries = { total: 3, queued: 0, sent: 0, delivered: 2, failed: 0, unknown: 1 }

  expect(wordsOfDelivery({ ...cancelled, status: 'review' }).text).toBe('On hold')
  expect(wordsOfMessage(sampleMessage({ deliveries }))?.text).toBe('2 of 3 got it, 1 on hold')
})

test('a member’s text that nobody else gets reads as not passed on', () => {
  const held = { reason: 'This member texted too much.', advice: '', canPassOn: true }

  expect(wordsOfMessage(sampleMessage({ held }))?.text).toBe('Not passed on')
})

test('who opted out is counted apart from the failed', () => {
  const deliveries = { total: 4, queued: 0, sent: 0, delivered: 2, failed: 2, unknown: 0 }
  const message = sampleMessage({ direction: 'outbound', deliveries })

  expect(wordsOfMessage(message)?.text).toBe('2 of 4 got it, 2 failed')
  expect(wordsOfMessage(message, { optedOut: 1 })?.text).toBe(
    '2 of 4 got it, 1 opted out, 1 failed',
  )
  expect(wordsOfMessage(message, { optedOut: 2 })?.text).toBe('2 of 4 got it, 2 opted out')
})

test('an announcement that nobody was there to get says so, a note says nothing', () => {
  expect(wordsOfMessage(sampleMessage({ kind: 'announcement' }))?.text).toBe('Texted to nobody')
  expect(wordsOfMessage(sampleMessage({ kind: 'note' }))).toBeUndefined()
})
