// Twilio's own signing function: the judge of ours.
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks.js'

export const account = { sid: `AC${'a'.repeat(32)}`, token: '2b1e4d5c6f7a8b9c0d1e2f3a4b5c6d7e' }
export const publicUrl = 'https://hub.example.com'

let count = 0
/** A SID nobody has used. */
export function freshSid(prefix: 'SM' | 'MM' = 'SM'): string {
  count += 1
  return `${prefix}${count.toString(16).padStart(8, '0')}${crypto.randomUUID().replaceAll('-', '').slice(8)}`
}

/** The parameters of an inbound text, as Twilio sends them. */
export function textParams(given: Record<string, string> = {}): Record<string, string> {
  const sid = given['MessageSid'] ?? freshSid()
  return {
    ToCountry: 'US',
    ToState: 'CA',
    SmsMessageSid: sid,
    NumMedia: '0',
    ToCity: '',
    FromZip: '94103',
    SmsSid: sid,
    FromState: 'CA',
    SmsStatus: 'received',
    FromCity: 'SAN FRANCISCO',
    Body: 'Hi',
    FromCountry: 'US',
    To: '+15558675310',
    ToZip: '94965',
    NumSegments: '1',
    MessageSid: sid,
    AccountSid: account.sid,
    From: '+14017122661',
    ApiVersion: '2010-04-01',
    ...given,
  }
}

/** A signed webhook request, as fetch and inject take it. */
export function signedForm(
  path: string,
  params: Record<string, string>,
  { token = account.token, base = publicUrl } = {},
) {
  return {
    method: 'POST' as const,
    url: path,
    headers: {
      'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
      'x-twilio-signature': getExpectedTwilioSignature(token, base + path, params),
    },
    body: new URLSearchParams(params).toString(),
  }
}
