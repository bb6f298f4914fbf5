import { expect, test } from 'vitest'
import { inboundEnvelope, statusEnvelope } from './jobs.ts'

const webhook = { params: { MessageSid: 'SM1' }, receivedAt: '2026-11-21T17:00:00.000Z' }
const traceParent = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`

test('an envelope from before there were traces is taken as it is', () => {
  const status = { ...webhook, deliveryId: null, attempt: null }

  expect(inboundEnvelope.parse([webhook])).toEqual([webhook])
  expect(statusEnvelope.parse([status])).toEqual([status])
})

test('no text is lost for what is no trace parent', () => {
  const given = [traceParent, 'nonsense', `${traceParent}'; --`, 7, null]
  const envelope = given.map((odd) => ({ ...webhook, traceParent: odd }))

  const read = inboundEnvelope.parse(envelope).map((each) => each.traceParent)
  expect(read).toEqual([traceParent, ...Array<undefined>(4)])
})
