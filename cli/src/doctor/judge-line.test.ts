import { wantedServiceWebhooks, wantedWebhooks } from '@partyline/contracts/number-webhooks'
import { expect, test } from 'vitest'
import type { Place } from './find-places.ts'
import { judgeLine, judgeOthers, type Line } from './judge-line.ts'

const publicUrl = 'https://text.acme.org'
const given = { publicUrl, command: 'partyline doctor' }
const line: Line = { address: '+12125550100', channel: 'sms', name: 'Front desk' }
const serviceSid = `MG${'1'.repeat(32)}`

const number: Place = {
  ...{ sid: 'PN1', address: line.address, sms: true, serviceSid: null, leavesToNumbers: false },
  found: { ...wantedWebhooks(publicUrl), service: null },
}
const answering = { sid: serviceSid, ...wantedServiceWebhooks(publicUrl) }
const service: Place = {
  ...{ ...number, sid: serviceSid, address: serviceSid, serviceSid },
  found: { ...wantedWebhooks(''), service: answering },
}
const pooled: Place = { ...number, serviceSid, found: { ...number.found, service: answering } }
const serviceLine: Line = { address: serviceSid, channel: 'sms', name: 'Pool' }

test('a number with the webhooks it should have is right', () => {
  expect(judgeLine(line, [number], given).state).toBe('right')
  expect(judgeLine(line, [service, pooled], given).state).toBe('right')
})

test('what is only fragile is no problem, and --fix is the way out', () => {
  const found = { ...number.found, smsFallbackUrl: '' }

  expect(judgeLine(line, [{ ...number, found }], given)).toMatchObject({
    state: 'notice',
    step: 'Run partyline doctor --fix.',
  })
})

test('a number that can only call is no line for texts', () => {
  expect(judgeLine(line, [{ ...number, sms: false }], given)).toMatchObject({ state: 'wrong' })
})

test('a Messaging Service needs a number, and may leave its texts to it', () => {
  expect(judgeLine(serviceLine, [service], given)).toMatchObject({
    state: 'wrong',
    says: expect.stringContaining('no number in its pool') as string,
  })
  expect(judgeLine(serviceLine, [service, pooled], given).state).toBe('right')
  const leaving = { ...service, leavesToNumbers: true }
  expect(judgeLine(serviceLine, [leaving, pooled], given).says).toContain('leaves its texts')
})

test.each([
  ['whatsapp', 'whatsapp:+12125550100', 'WhatsApp senders'],
  ['messenger', 'messenger:100200300', 'Facebook Messenger'],
  ['sms', '55501', 'Short codes'],
] as const)(
  'of %s Twilio does not tell: where to look and for what is said',
  (channel, address, page) => {
    const finding = judgeLine({ channel, address, name: 'Other' }, [number], given)

    expect(finding.state).toBe('notice')
    expect(finding.step).toContain(page)
    expect(finding.step).toContain(`${publicUrl}/webhooks/twilio/messages#`)
  },
)

test('numbers whose texts come here are told unless they are lines, or in the pool of one', () => {
  const spare = { ...number, address: '+12125550177' }
  const elsewhere = { ...spare, found: { ...spare.found, smsUrl: 'https://other.acme.org' } }

  expect(judgeOthers([line], [number, spare, elsewhere], publicUrl)).toHaveLength(1)
  expect(judgeOthers([serviceLine], [service, pooled], publicUrl)).toEqual([])
  expect(judgeOthers([], [service, pooled], publicUrl)).toHaveLength(1)
})
