import { expect, test } from 'vitest'
import { NoAnswerError, NotSentError } from './http-client.ts'
import { outcomeOfAnswer, outcomeOfError } from './outcome.ts'

const restError = (status: number, code?: number) =>
  Object.assign(new Error('from Twilio'), { status, ...(code !== undefined && { code }) })

test('a text Twilio has is accepted with its SID and first status', () => {
  const sid = `SM${'0a'.repeat(16)}`
  expect(outcomeOfAnswer({ sid, status: 'queued', errorCode: null })).toEqual({
    outcome: 'accepted',
    sid,
    status: 'queued',
    errorCode: null,
  })
})

test('a success without a SID may be a success: it is unclear', () => {
  expect(outcomeOfAnswer({}).outcome).toBe('unclear')
})

test('what Twilio turns down is refused, what it has no room for is busy', () => {
  expect(outcomeOfError(restError(400, 21211)).outcome).toBe('refused')
  expect(outcomeOfError(restError(429, 20429)).outcome).toBe('busy')
  expect(outcomeOfError(restError(400, 21611)).outcome).toBe('busy')
})

test('a server error and a lost connection leave it open whether the text exists', () => {
  expect(outcomeOfError(restError(500)).outcome).toBe('unclear')
  expect(outcomeOfError(restError(503, 20503)).outcome).toBe('unclear')
  expect(outcomeOfError(new NoAnswerError('lost')).outcome).toBe('unclear')
  expect(outcomeOfError(new SyntaxError('not JSON')).outcome).toBe('unclear')
})

test('a connection that was never made is certainly not a text', () => {
  expect(outcomeOfError(new NotSentError('refused')).outcome).toBe('busy')
})

test('wrong credentials and a suspended account say nothing about the text', () => {
  expect(outcomeOfError(restError(401, 20003)).outcome).toBe('account_refused')
  expect(outcomeOfError(restError(403, 20005)).outcome).toBe('account_refused')
  expect(outcomeOfError(restError(400, 20003)).outcome).toBe('account_refused')
})
