import { expect, test } from 'vitest'
import type { WebhookParams } from '@partyline/contracts/jobs'
import { isSignedByTwilio } from './signature.ts'

const T = '2b1e4d5c6f7a8b9c0d1e2f3a4b5c6d7e'
const hub = 'https://hub.example.com'
const sid = 'SM0123456789abcdef0123456789abcdef'
const account = `AC${'a'.repeat(32)}`
const letters = { A: '1', b: '2', B: '3', empty: '' }
const call = {
  CallSid: 'CA1234567890ABCDE',
  Caller: '+14158675310',
  Digits: '1234',
  From: '+14158675310',
  To: '+18005551212',
}

interface Vector {
  name: string
  token: string
  url: string
  params?: WebhookParams
  json?: string
  signature: string
}

/** The fourteen published and reproduced values of Twilio's algorithm. */
const vectors: Vector[] = [
  {
    name: '1 the documentation',
    token: '12345',
    url: 'https://example.com/myapp.php?foo=1&bar=2',
    params: call,
    signature: 'L/OH5YylLD5NRKLltdqwSvS0BnU=',
  },
  {
    name: '2 another caller',
    token: '12345',
    url: 'https://mycompany.com/myapp.php?foo=1&bar=2',
    params: { ...call, Caller: '+14158675309', From: '+14158675309' },
    signature: 'RSOYDt4T1cUTdK1PDd93/VVr8B8=',
  },
  {
    name: '3 an inbound text with unicode',
    token: T,
    url: `${hub}/webhooks/twilio/inbound?t=acme`,
    params: {
      ToCountry: 'US',
      ToState: 'CA',
      SmsMessageSid: sid,
      NumMedia: '0',
      ToCity: 'SAUSALITO',
      FromZip: '94103',
      SmsSid: sid,
      FromState: 'CA',
      SmsStatus: 'received',
      FromCity: 'SAN FRANCISCO',
      Body: 'Hi there & café 👋 =1+1?',
      FromCountry: 'US',
      To: '+15558675310',
      ToZip: '94965',
      NumSegments: '1',
      MessageSid: sid,
      AccountSid: account,
      From: '+14017122661',
      ApiVersion: '2010-04-01',
    },
    signature: '3aC8n1SqJd23mbcPvPd6aY61onQ=',
  },
  {
    name: '4 a status callback',
    token: T,
    url: `${hub}/webhooks/twilio/status`,
    params: {
      MessageSid: sid,
      SmsSid: sid,
      MessageStatus: 'delivered',
      SmsStatus: 'delivered',
      To: '+14017122661',
      From: '+15558675310',
      AccountSid: account,
      ApiVersion: '2010-04-01',
      RawDlrDoneDate: '2610311259',
    },
    signature: 'EkCIjjRuerFvrXxNQjBnEDdE1FM=',
  },
  {
    name: '5 WhatsApp, spaces kept',
    token: T,
    url: `${hub}/webhooks/twilio/inbound`,
    params: {
      Body: ' hi ',
      From: 'whatsapp:+14017122661',
      MessageSid: sid,
      NumMedia: '0',
      ProfileName: 'Ana 🌟',
      To: 'whatsapp:+15558675310',
      WaId: '14017122661',
    },
    signature: 'IpcVGdDWdL6BP/w0gUI3EYsWEcE=',
  },
  {
    name: '6 no port',
    token: T,
    url: `${hub}/cb`,
    params: letters,
    signature: 'hYn7zW6RBmQySj+odZDhAiRCY7M=',
  },
  {
    name: '7 :443',
    token: T,
    url: 'https://hub.example.com:443/cb',
    params: letters,
    signature: 'dSKb6u8091wlmJ+fs6QgztLYZgg=',
  },
  {
    name: '8 :8443',
    token: T,
    url: 'https://hub.example.com:8443/cb',
    params: letters,
    signature: 'cXmKA9TDplpMokbN7HucP3bWeo4=',
  },
  {
    name: '9 http',
    token: T,
    url: 'http://hub.example.com/cb',
    params: letters,
    signature: 'RNILP1ltuU7VpaE+si+v3Uuf3ss=',
  },
  {
    name: '10 a repeated name',
    token: T,
    url: `${hub}/cb`,
    params: { k: ['b', 'a', 'b'], z: '1' },
    signature: 'foFcwCdpV/hh3PghASOFoTtHoj0=',
  },
  {
    name: '11 GET',
    token: T,
    url: `${hub}/cb?MessageSid=SM1&Body=a%20b`,
    params: {},
    signature: 'y11RPw6e7pWKbPTtMx2UXLf2kvg=',
  },
  {
    name: '12 JSON',
    token: '12345',
    url: 'https://mycompany.com/myapp.php?foo=1&bar=2&bodySHA256=0a1ff7634d9ab3b95db5c9a2dfe9416e41502b283a80c7cf19632632f96e6620',
    json: '{"property": "value", "boolean": true}',
    signature: 'a9nBmqA0ju/hNViExpshrM61xv4=',
  },
  {
    name: '13 JSON of the documentation',
    token: '12345',
    url: 'https://example.com/myapp?bodySHA256=5ccde7145dfb8f56479710896586cb9d5911809d83afbe34627818790db0aec9',
    json: '{"CallSid":"CA1234567890ABCDE","Caller":"+12349013030"}',
    signature: 'hPXmLwIy3Fgqv1i9KPmH/HhQ6zo=',
  },
  {
    name: '14 localhost',
    token: '12345',
    url: 'http://127.0.0.1:3000/a',
    params: { a: '1' },
    signature: 'w5+pNyeKVXgEJj+ws4ZFy+pAiF8=',
  },
]

test.each(vectors)('vector $name is accepted, and only with its own token', (vector) => {
  const { token, url, params = {}, json, signature } = vector
  const request = { url, params, signature, ...(json !== undefined && { json }) }

  expect(isSignedByTwilio(request, [token])).toBe(true)
  expect(isSignedByTwilio(request, ['primary', token])).toBe(true)
  expect(isSignedByTwilio(request, ['another'])).toBe(false)
  expect(isSignedByTwilio({ ...request, signature: undefined }, [token])).toBe(false)
})

test('anything changed, added or trimmed is refused', () => {
  const whatsapp = vectors[4]
  if (!whatsapp?.params) throw new Error('vector 5')
  const { url, params, signature } = whatsapp
  const changed = [
    { url, params: { ...params, Body: 'hi' } },
    { url, params: { ...params, Extra: '1' } },
    { url: `${url}/`, params },
    { url: url.replace('https', 'http'), params },
    { url: `${url}?delivery=1`, params },
  ]

  for (const request of changed) {
    expect(isSignedByTwilio({ ...request, signature }, [T])).toBe(false)
  }
})

test('a JSON body that was changed under a good signature is refused', () => {
  const json = vectors[11]
  if (!json) throw new Error('vector 12')
  const request = { ...json, params: {}, json: '{"property": "other"}' }

  expect(isSignedByTwilio(request, [json.token])).toBe(false)
})
