import { validateRequest } from 'twilio/lib/webhooks/webhooks.js'
import { expect } from 'vitest'
import { accountSid, authToken, line, person, test } from './running-simulator.ts'

const door = '/webhooks/twilio/messages'
const publicDoor = `https://partyline.example.com${door}`

test('a text reaches the webhook signed over the public address, and the SDK accepts it', async ({
  running,
}) => {
  const text = await running.simulator.text({ from: person, to: line, body: ' Hi & café 👋 ' })

  const [webhook] = running.hub.at(door)
  const signature = webhook?.headers['x-twilio-signature'] as string
  const valid = (token: string, form = webhook?.form ?? {}) =>
    validateRequest(token, signature, publicDoor, form)
  expect(valid(authToken)).toBe(true)
  expect(valid('another token')).toBe(false)
  expect(valid(authToken, { ...webhook?.form, Body: 'forged' })).toBe(false)
  expect(text).toMatchObject({ webhook: 'ok', fromPhone: true })
})

test('an SMS carries every parameter, and what is unknown is empty', async ({ running }) => {
  const { sid } = await running.simulator.text({ from: person, to: line, body: 'Hi' })

  const [webhook] = running.hub.at(door)
  expect(webhook?.form).toEqual({
    ...{ MessageSid: sid, SmsSid: sid, SmsMessageSid: sid, AccountSid: accountSid },
    ...{ From: person, To: line, Body: 'Hi', NumMedia: '0', NumSegments: '1' },
    ...{ SmsStatus: 'received', ApiVersion: '2010-04-01' },
    ...{ FromCity: 'NEW YORK', FromState: 'NY', FromZip: '10001', FromCountry: 'US' },
    ...{ ToCity: '', ToState: '', ToZip: '', ToCountry: 'US' },
  })
  expect(webhook?.headers).toMatchObject({
    'user-agent': 'TwilioProxy/1.1',
    'x-home-region': 'us1',
    accept: '*/*',
  })
  expect(webhook?.headers['i-twilio-idempotency-token']).toMatch(/^[0-9a-f-]{36}$/)
})

test('a picture makes it an MMS whose media needs the account’s credentials', async ({
  running,
}) => {
  const media = [{ contentType: 'image/png', bytes: Buffer.from('meow') }]

  await running.simulator.text({ from: person, to: line, body: '', media })

  const form = running.hub.at(door)[0]?.form ?? {}
  expect(form).toMatchObject({ Body: '', NumMedia: '1', MediaContentType0: 'image/png' })
  expect(form['MessageSid']).toMatch(/^MM/)
  const { origin, pathname } = new URL(form['MediaUrl0'] ?? '')
  expect(origin).toBe('https://api.twilio.com')
  expect(await (await running.rest(pathname)).text()).toBe('meow')
  expect((await running.rest(pathname, { auth: 'x:y' })).status).toBe(401)
})

test('WhatsApp says who writes and nothing about where', async ({ running }) => {
  running.simulator.addNumber({ address: 'whatsapp:+15558675311', name: 'WhatsApp' })
  running.simulator.addPhone({ address: `whatsapp:${person}`, name: 'Ana 🌟' })

  await running.simulator.text({
    from: `whatsapp:${person}`,
    to: 'whatsapp:+15558675311',
    body: 'Olá',
  })

  const form = running.hub.at(door)[0]?.form ?? {}
  expect(form).toMatchObject({
    From: `whatsapp:${person}`,
    ProfileName: 'Ana 🌟',
    WaId: '12125550142',
    ReferralNumMedia: '0',
    NumSegments: '1',
  })
  expect(Object.keys(form).filter((name) => /City|Zip|State$|Country/.test(name))).toEqual([])
})

test('Messenger carries neither a name nor a place', async ({ running }) => {
  running.simulator.addNumber({ address: 'messenger:1025', name: 'Page' })

  await running.simulator.text({ from: 'messenger:4465', to: 'messenger:1025', body: 'Hi' })

  const form = running.hub.at(door)[0]?.form ?? {}
  expect(form).toMatchObject({ From: 'messenger:4465', To: 'messenger:1025', Body: 'Hi' })
  expect(Object.keys(form).filter((name) => /City|ProfileName|WaId/.test(name))).toEqual([])
})

test('a refused webhook is written down, shown, and the text stays in the list', async ({
  running,
}) => {
  running.hub.answer = () => ({ status: 403 })

  const { sid, webhook } = await running.simulator.text({ from: person, to: line, body: 'Hi' })

  expect(webhook).toBe('403')
  expect(running.hub.at(door)).toHaveLength(1)
  const log = await fetch(`${running.simulator.apiUrl}/simulator/api/webhooks?failed=true`)
  expect(await log.json()).toMatchObject({
    items: [{ kind: 'inbound', message_sid: sid, status: 403, error_code: 11200 }],
  })
  expect((await running.client.messages.list({ to: line })).map((row) => row.sid)).toEqual([sid])
})

test('the fallback address is told what went wrong', async ({ running }) => {
  const [number] = await running.client.incomingPhoneNumbers.list({ phoneNumber: line })
  await running.client
    .incomingPhoneNumbers(number?.sid ?? '')
    .update({ smsFallbackUrl: 'https://partyline.example.com/fallback' })
  running.hub.answer = ({ url }) =>
    url === '/fallback' ? { status: 204 } : { status: 500, contentType: 'text/xml' }

  const { webhook } = await running.simulator.text({ from: person, to: line, body: 'Hi' })

  expect(webhook).toBe('ok')
  expect(running.hub.at('/fallback')[0]?.form).toMatchObject({
    Body: 'Hi',
    ErrorCode: '11200',
    ErrorUrl: publicDoor,
  })
})

test('connection overrides in the address bring a 500 back, with the same token', async ({
  running,
}) => {
  const [number] = await running.client.incomingPhoneNumbers.list()
  await running.client
    .incomingPhoneNumbers(number?.sid ?? '')
    .update({ smsUrl: `${publicDoor}#rc=2&rp=5xx` })
  running.hub.answer = () => ({ status: running.hub.received.length < 3 ? 500 : 204 })

  const { webhook } = await running.simulator.text({ from: person, to: line, body: 'Hi' })

  expect(webhook).toBe('ok')
  const tokens = running.hub.at(door).map(({ headers }) => headers['i-twilio-idempotency-token'])
  expect(tokens).toHaveLength(3)
  expect(new Set(tokens).size).toBe(1)
  const [first] = running.hub.at(door)
  const signature = first?.headers['x-twilio-signature'] as string
  expect(validateRequest(authToken, signature, publicDoor, first?.form ?? {})).toBe(true)
})

test('a TwiML answer is texted back', async ({ running }) => {
  running.hub.answer = () => ({
    status: 200,
    contentType: 'text/xml',
    body: '<Response><Message>Thanks &amp; bye</Message></Response>',
  })

  await running.simulator.text({ from: person, to: line, body: 'Hi' })

  await expect
    .poll(() => running.simulator.messagesOn(person).map(({ body }) => body))
    .toEqual(['Hi', 'Thanks & bye'])
  const [reply] = await running.client.messages.list({ from: line })
  expect(reply).toMatchObject({ direction: 'outbound-reply', to: person })
})
