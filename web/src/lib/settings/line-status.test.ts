import type { Account, AccountNumber } from '@partyline/contracts/api/account'
import { expect, test } from 'vitest'
import { statusOfLine } from './line-status.ts'

const account: Account = {
  looking: false,
  lookedAt: '2026-11-21T12:00:00.000Z',
  problem: null,
  unreachable: null,
  webhookUrl: 'https://hub.acme.org/in',
}
const line = { channel: 'sms', createdAt: '2026-11-21T11:00:00.000Z' } as const
const number: AccountNumber = {
  ...{ sid: 'PN1', address: '+12125550100', displayAddress: '(212) 555-0100', name: 'Office' },
  ...{ sms: true, mms: true, lineId: null, answeredBy: null, takenBy: null },
  ...{ state: 'idle', connectProblem: null, problems: [] },
}
const problem = (effect: 'lost' | 'fragile', sentence: string) => ({
  ...{ field: 'smsUrl', found: null, wanted: '', effect, sentence },
})

test('a line without problems receives texts', () => {
  expect(statusOfLine(line, number, account, false)).toEqual({
    ...{ tone: 'ok', text: 'Texts arrive.', way: null },
  })
})

test('what is wrong at Twilio is said in its words, with the way out', () => {
  const lost = { ...number, problems: [problem('lost', 'Its webhook is not set.')] }
  expect(statusOfLine(line, lost, account, false)).toEqual({
    ...{ tone: 'lost', text: 'Texts do not arrive. Its webhook is not set.', way: 'connect' },
  })
  const fragile = { ...number, problems: [problem('fragile', 'No second try.')] }
  expect(statusOfLine(line, fragile, account, false)).toMatchObject({
    ...{ tone: 'warn', text: 'Texts arrive, but: No second try.' },
  })
})

test('while its webhook is set it says so, and why that takes long', () => {
  const connecting = { ...number, state: 'connecting' as const }
  expect(statusOfLine(line, connecting, account, false)).toMatchObject({ tone: 'busy', way: null })
  const waiting = { ...connecting, connectProblem: 'Twilio has too much to do' }
  expect(statusOfLine(line, waiting, account, false)).toMatchObject({
    ...{ tone: 'warn', way: 'connect' },
    text: 'Its webhook is not set yet. Twilio has too much to do.',
  })
})

test('only a line that is older than the last look can be missing from the account', () => {
  expect(statusOfLine(line, undefined, account, false)).toMatchObject({ tone: 'lost', way: 'get' })
  const newer = { ...line, createdAt: '2026-11-21T12:00:01.000Z' }
  expect(statusOfLine(newer, undefined, account, false).tone).toBe('unknown')
  expect(statusOfLine(line, undefined, { ...account, lookedAt: null }, false).tone).toBe('unknown')
})

test('of WhatsApp and Messenger it says what to set by hand', () => {
  const { tone, text } = statusOfLine({ ...line, channel: 'whatsapp' }, undefined, account, false)
  expect([tone, text]).toEqual(['unknown', expect.stringContaining('https://hub.acme.org/in')])
})
