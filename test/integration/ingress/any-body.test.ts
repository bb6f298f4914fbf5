import { createHash } from 'node:crypto'
import { parseForm } from '@partyline/ingress/form'
import { toInboundText } from '@partyline/dispatcher/inbound/inbound-text'
import fc from 'fast-check'
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks.js'
import { expect } from 'vitest'
import { runIngress } from '../../support/run-ingress.ts'
import { test } from '../../support/stack.ts'
import { account, publicUrl } from '../../support/webhook.ts'

const parsed = 100_000
/** Through the whole door, which takes a hundred times as long. */
const posted = 20_000
const perRun = 250

const text = fc.string({ unit: 'binary', maxLength: 24 })
/** What breaks parsers: separators, half escapes, other alphabets, names that mean something to objects. */
const raw = fc
  .array(fc.oneof(text, fc.constantFrom('&', '=', '%', '%0', '%00', '%FF', '+', ';', '[]', '\r\n')))
  .map((parts) => parts.join(''))
const name = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom('MessageSid', 'SmsSid', 'From', 'To', 'Body') },
  {
    weight: 3,
    arbitrary: fc.constantFrom('NumMedia', 'MediaUrl0', 'OptOutType', 'Latitude', 'Longitude'),
  },
  { weight: 2, arbitrary: fc.constantFrom('__proto__', 'constructor', 'toString', 'length') },
  { weight: 1, arbitrary: text },
)
const value = fc.oneof(text, fc.constantFrom('+14017122661', '99', '-1', 'Infinity', 'STOP'))
const form = fc.array(fc.tuple(name, value), { maxLength: 12 }).map((fields) => {
  const lines = [['AccountSid', account.sid], ...fields]
  // A lone half of a surrogate pair cannot be escaped: nor could Twilio.
  return lines.map((pair) => pair.map((each) => encodeURIComponent(each.toWellFormed())).join('='))
})
const formBody = fc.oneof(
  raw,
  form.map((lines) => lines.join('&')),
)
const json = fc.oneof(
  raw,
  fc.json(),
  fc.array(fc.record({ type: text, data: fc.object() })).map((events) => JSON.stringify(events)),
)

const formRequest = fc
  .record({
    path: fc.constantFrom('messages', 'messages', 'status?delivery=x&attempt=%00', 'what/ever'),
    body: formBody,
    signed: fc.boolean(),
  })
  .map(({ path, body, signed }) => {
    const url = `/webhooks/twilio/${path}`
    return ask(url, 'application/x-www-form-urlencoded', body, signed && parseForm(body))
  })
const jsonRequest = fc.record({ body: json, signed: fc.boolean() }).map(({ body, signed }) => {
  const hash = createHash('sha256').update(body.toWellFormed()).digest('hex')
  const url = `/webhooks/twilio/events?bodySHA256=${hash}`
  return ask(url, 'application/json', body, signed && {})
})
const otherRequest = fc
  .record({ type: fc.constantFrom('text/plain', 'multipart/form-data', ';', 'a/b;c'), body: raw })
  .map(({ type, body }) => ask('/webhooks/twilio/messages', type, body, false))
const request = fc.oneof(
  { weight: 6, arbitrary: formRequest },
  { weight: 3, arbitrary: jsonRequest },
  { weight: 1, arbitrary: otherRequest },
)

function ask(url: string, type: string, body: string, signedParams: object | false) {
  const signature = signedParams
    ? getExpectedTwilioSignature(account.token, publicUrl + url, { ...signedParams })
    : 'c2lnbmF0dXJl'
  const headers = { 'content-type': type, 'x-twilio-signature': signature }
  return { method: 'POST' as const, url, headers, body }
}

test('S50: whatever is posted, signed or not, is answered, and never with a failure of ours', async ({
  stack,
}) => {
  await using ingress = await runIngress(stack)
  const statuses = new Map<number, number>()

  await fc.assert(
    fc.asyncProperty(
      fc.array(request, { minLength: perRun, maxLength: perRun, size: 'max' }),
      async (requests) => {
        const answers = await Promise.all(requests.map((each) => ingress.http.inject(each)))
        for (const { statusCode } of answers)
          statuses.set(statusCode, (statuses.get(statusCode) ?? 0) + 1)
        expect(answers.filter(({ statusCode }) => statusCode >= 500)).toEqual([])
      },
    ),
    { numRuns: posted / perRun },
  )

  // Not all turned away at the door: each way in was taken.
  for (const status of [200, 204, 400, 403, 415]) expect(statuses.get(status)).toBeGreaterThan(100)
}, 120_000)

test('S50: what the ingress takes, the dispatcher reads, or says which parameter it lacks', () => {
  fc.assert(
    fc.property(formBody, (body) => {
      const params = JSON.parse(JSON.stringify(parseForm(body))) as Record<string, string>
      try {
        toInboundText(params)
      } catch (error) {
        expect(error).toMatchObject({ message: 'the webhook lacks MessageSid, From or To' })
      }
    }),
    { numRuns: parsed },
  )
})
