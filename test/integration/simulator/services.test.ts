import { expect } from 'vitest'
import { accountSid, line, makeService, person, test } from './running-simulator.ts'
import { numberShape, serviceShape } from './twilio-shapes.ts'

test('a service accepts first, then chooses the sender and counts segments', async ({
  running,
}) => {
  const messagingServiceSid = await makeService(running)
  const statusCallback = 'https://partyline.example.com/status'

  const created = await running.client.messages.create({
    ...{ to: person, messagingServiceSid, body: 'a'.repeat(161), statusCallback },
  })

  expect(created).toMatchObject({ status: 'accepted', from: null, numSegments: '0' })
  const statuses = () => running.hub.at('/status').map(({ form }) => form['MessageStatus'])
  await expect.poll(() => statuses().sort()).toEqual(['delivered', 'queued', 'sent'])
  expect(running.hub.at('/status')[0]?.form['MessagingServiceSid']).toBe(messagingServiceSid)
  expect(await running.client.messages(created.sid).fetch()).toMatchObject({
    from: line,
    numSegments: '2',
  })
})

test('the SDK lists services and their numbers', async ({ running }) => {
  const sid = await makeService(running)

  expect(await running.client.messaging.v1.services.list()).toMatchObject([{ sid }])
  expect(await running.client.messaging.v1.services(sid).phoneNumbers.list()).toMatchObject([
    { phoneNumber: line, capabilities: ['SMS', 'MMS', 'Voice'] },
  ])
  const raw = await running.rest(`/v1/Services/${sid}`)
  serviceShape.parse(await raw.json())
})

test('the SDK reads what texts to a country cost, and that a country has no price list', async ({
  running,
}) => {
  const { countries } = running.client.pricing.v1.messaging

  expect(await countries('US').fetch()).toMatchObject({
    isoCountry: 'US',
    priceUnit: 'USD',
    outboundSmsPrices: expect.arrayContaining([
      expect.objectContaining({
        carrier: 'AT&T',
        prices: expect.arrayContaining([
          { number_type: 'local', base_price: '0.0083', current_price: '0.0083' },
        ]) as unknown,
      }),
    ]) as unknown,
  })
  await expect(countries('XX').fetch()).rejects.toMatchObject({ status: 404, code: 20404 })
})

test('an inbound text to a service’s number names the service', async ({ running }) => {
  const sid = await makeService(running)

  await running.simulator.text({ from: person, to: line, body: 'Hi' })

  expect(running.hub.at('/webhooks/twilio/messages')[0]?.form['MessagingServiceSid']).toBe(sid)
})

test('a planned text can be cancelled, once', async ({ running }) => {
  const messagingServiceSid = await makeService(running)
  const { sid, status } = await running.client.messages.create({
    ...{ to: person, messagingServiceSid, body: 'Later', scheduleType: 'fixed' },
    sendAt: new Date(Date.now() + 3_600_000),
  })

  expect(status).toBe('scheduled')
  expect((await running.client.messages(sid).update({ status: 'canceled' })).status).toBe(
    'canceled',
  )
  await expect(running.client.messages(sid).update({ status: 'canceled' })).rejects.toMatchObject({
    code: 30409,
  })
})

test('numbers are listed, fetched and changed by the SDK', async ({ running }) => {
  const [number] = await running.client.incomingPhoneNumbers.list()

  const changed = await running.client
    .incomingPhoneNumbers(number?.sid ?? '')
    .update({ smsUrl: 'https://other.example.com/sms' })

  expect(changed).toMatchObject({ phoneNumber: line, smsUrl: 'https://other.example.com/sms' })
  const raw = await running.rest(
    `/2010-04-01/Accounts/${accountSid}/IncomingPhoneNumbers/${number?.sid ?? ''}.json`,
  )
  numberShape.parse(await raw.json())
})

test('numbers and services are listed a page at a time, and the SDK follows', async ({
  running,
}) => {
  const { client } = running
  for (const digit of [1, 2, 3, 4]) {
    await client.incomingPhoneNumbers.create({ phoneNumber: `+1555867532${digit}` })
    await client.messaging.v1.services.create({ friendlyName: `Pool ${digit}` })
  }

  const numbers = await client.incomingPhoneNumbers.list({ pageSize: 2 })
  const services = await client.messaging.v1.services.list({ pageSize: 3 })

  expect(numbers.map(({ phoneNumber }) => phoneNumber.at(-1)).join('')).toBe('01234')
  expect(services).toHaveLength(4)
})

test('a service’s own webhook is changed by the SDK, and texts go there', async ({ running }) => {
  const sid = await makeService(running)

  const changed = await running.client.messaging.v1.services(sid).update({
    useInboundWebhookOnNumber: false,
    inboundRequestUrl: 'https://partyline.example.com/elsewhere',
  })
  await running.simulator.text({ from: person, to: line, body: 'Hi' })

  expect(changed).toMatchObject({ useInboundWebhookOnNumber: false })
  expect(running.hub.at('/elsewhere')).toHaveLength(1)
})

test('requests about numbers go wrong as told, and change nothing', async ({ running }) => {
  const { client, simulator } = running
  simulator.misbehave({
    accountScript: ['unauthorized', 'tooManyRequests', 'failBefore', 'resetBefore'],
  })
  const ask = () => client.incomingPhoneNumbers.create({ phoneNumber: '+15558675399' })

  await expect(ask()).rejects.toMatchObject({ status: 401, code: 20003 })
  await expect(ask()).rejects.toMatchObject({ status: 429, code: 20429 })
  await expect(ask()).rejects.toMatchObject({ status: 500 })
  await expect(ask()).rejects.toThrow('socket hang up')

  expect(await client.incomingPhoneNumbers.list()).toHaveLength(1)
})

test('the account can be fetched, which proves the credentials', async ({ running }) => {
  expect(await running.client.api.v2010.accounts(accountSid).fetch()).toMatchObject({
    sid: accountSid,
    status: 'active',
  })
})
