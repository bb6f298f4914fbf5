import { expect, test } from 'vitest'
import { signWebhook } from './signature.ts'

const docs = '12345'
const token = '2b1e4d5c6f7a8b9c0d1e2f3a4b5c6d7e'
const sid = 'SM0123456789abcdef0123456789abcdef'
const account = `AC${'a'.repeat(32)}`
const hub = 'https://hub.example.com'

const call = {
  CallSid: 'CA1234567890ABCDE',
  Caller: '+14158675310',
  Digits: '1234',
  From: '+14158675310',
  To: '+18005551212',
}
const inbound = {
  ToCountry: 'US',
  ToState: 'CA',
  SmsMessageSid: sid,
  SmsSid: sid,
  MessageSid: sid,
  NumMedia: '0',
  ToCity: 'SAUSALITO',
  FromZip: '94103',
  FromState: 'CA',
  SmsStatus: 'received',
  FromCity: 'SAN FRANCISCO',
  Body: 'Hi there & café 👋 =1+1?',
  FromCountry: 'US',
  To: '+15558675310',
  ToZip: '94965',
  NumSegments: '1',
  AccountSid: account,
  From: '+14017122661',
  ApiVersion: '2010-04-01',
}
const status = {
  MessageSid: sid,
  SmsSid: sid,
  MessageStatus: 'delivered',
  SmsStatus: 'delivered',
  To: '+14017122661',
  From: '+15558675310',
  AccountSid: account,
  ApiVersion: '2010-04-01',
  RawDlrDoneDate: '2610311259',
}
const whatsapp = {
  Body: ' hi ',
  From: 'whatsapp:+14017122661',
  MessageSid: sid,
  NumMedia: '0',
  ProfileName: 'Ana 🌟',
  To: 'whatsapp:+15558675310',
  WaId: '14017122661',
}
const letters = { A: '1', b: '2', B: '3', empty: '' }
const json12 =
  'foo=1&bar=2&bodySHA256=0a1ff7634d9ab3b95db5c9a2dfe9416e41502b283a80c7cf19632632f96e6620'
const json13 = 'bodySHA256=5ccde7145dfb8f56479710896586cb9d5911809d83afbe34627818790db0aec9'

test.each([
  [
    'the example of the documentation',
    docs,
    'https://example.com/myapp.php?foo=1&bar=2',
    call,
    'L/OH5YylLD5NRKLltdqwSvS0BnU=',
  ],
  [
    'another caller',
    docs,
    'https://mycompany.com/myapp.php?foo=1&bar=2',
    { ...call, Caller: '+14158675309', From: '+14158675309' },
    'RSOYDt4T1cUTdK1PDd93/VVr8B8=',
  ],
  [
    'an inbound text with unicode',
    token,
    `${hub}/webhooks/twilio/inbound?t=acme`,
    inbound,
    '3aC8n1SqJd23mbcPvPd6aY61onQ=',
  ],
  [
    'a status callback',
    token,
    `${hub}/webhooks/twilio/status`,
    status,
    'EkCIjjRuerFvrXxNQjBnEDdE1FM=',
  ],
  [
    'WhatsApp, spaces kept',
    token,
    `${hub}/webhooks/twilio/inbound`,
    whatsapp,
    'IpcVGdDWdL6BP/w0gUI3EYsWEcE=',
  ],
  ['no port', token, `${hub}/cb`, letters, 'hYn7zW6RBmQySj+odZDhAiRCY7M='],
  ['port 443', token, `${hub}:443/cb`, letters, 'dSKb6u8091wlmJ+fs6QgztLYZgg='],
  ['port 8443', token, `${hub}:8443/cb`, letters, 'cXmKA9TDplpMokbN7HucP3bWeo4='],
  ['http', token, 'http://hub.example.com/cb', letters, 'RNILP1ltuU7VpaE+si+v3Uuf3ss='],
  [
    'repeated names',
    token,
    `${hub}/cb`,
    { k: ['b', 'a', 'b'], z: '1' },
    'foFcwCdpV/hh3PghASOFoTtHoj0=',
  ],
  ['GET', token, `${hub}/cb?MessageSid=SM1&Body=a%20b`, {}, 'y11RPw6e7pWKbPTtMx2UXLf2kvg='],
  ['JSON', docs, `https://mycompany.com/myapp.php?${json12}`, {}, 'a9nBmqA0ju/hNViExpshrM61xv4='],
  [
    'JSON of the documentation',
    docs,
    `https://example.com/myapp?${json13}`,
    {},
    'hPXmLwIy3Fgqv1i9KPmH/HhQ6zo=',
  ],
  ['localhost', docs, 'http://127.0.0.1:3000/a', { a: '1' }, 'w5+pNyeKVXgEJj+ws4ZFy+pAiF8='],
])('%s is signed as Twilio signs it', (_name, key, url, form, signature) => {
  expect(signWebhook(key, url, form)).toBe(signature)
})

test('connection overrides and a password in the address are not signed', () => {
  const plain = signWebhook(token, `${hub}/cb`, letters)

  expect(signWebhook(token, 'https://me:secret@hub.example.com/cb#rc=3&rp=all', letters)).toBe(
    plain,
  )
})
