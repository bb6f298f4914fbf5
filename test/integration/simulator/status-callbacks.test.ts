import { validateRequest } from 'twilio/lib/webhooks/webhooks.js'
import { expect } from 'vitest'
import { accountSid, authToken, line, person, test, type Hub } from './running-simulator.ts'

const door = '/webhooks/twilio/status?delivery=d1'
const statusCallback = `https://partyline.example.com${door}`
/** As Twilio makes them, whichever of two posts comes to the door first. */
const ranks = ['sent', 'delivered', 'undelivered', 'failed', 'read']
const callbacks = (hub: Hub) =>
  hub
    .at(door)
    .map(({ form }) => form)
    .sort(
      (a, b) => ranks.indexOf(a['MessageStatus'] ?? '') - ranks.indexOf(b['MessageStatus'] ?? ''),
    )
const statuses = (hub: Hub) => callbacks(hub).map((form) => form['MessageStatus'])

test('callbacks go sent, delivered; none for the first status, and none carries the text', async ({
  running,
}) => {
  const { sid } = await running.client.messages.create({
    ...{ to: person, from: line, body: 'Hi', statusCallback },
  })

  await expect.poll(() => statuses(running.hub)).toEqual(['sent', 'delivered'])
  const base = {
    ...{ MessageSid: sid, SmsSid: sid, AccountSid: accountSid, ApiVersion: '2010-04-01' },
    ...{ From: line, To: person },
  }
  const [sent, delivered] = callbacks(running.hub)
  expect(sent).toEqual({ ...base, MessageStatus: 'sent', SmsStatus: 'sent' })
  expect(delivered).toEqual({
    ...base,
    ...{ MessageStatus: 'delivered', SmsStatus: 'delivered' },
    RawDlrDoneDate: expect.stringMatching(/^\d{10}$/) as string,
  })
})

test('a callback is signed with its query, so nobody can point it at another delivery', async ({
  running,
}) => {
  await running.client.messages.create({ to: person, from: line, body: 'Hi', statusCallback })

  await expect.poll(() => running.hub.at(door)).toHaveLength(2)
  const [callback] = running.hub.at(door)
  const signature = callback?.headers['x-twilio-signature'] as string
  const form = callback?.form ?? {}
  expect(validateRequest(authToken, signature, statusCallback, form)).toBe(true)
  expect(validateRequest(authToken, signature, statusCallback.replace('d1', 'd2'), form)).toBe(
    false,
  )
})

test.for([
  ['off', 'undelivered', '30003'],
  ['blocks', 'undelivered', '30004'],
  ['unknown', 'undelivered', '30005'],
  ['filtered', 'undelivered', '30007'],
] as const)(
  'a phone that is %s ends %s with %s',
  async ([behaviour, status, code], { running }) => {
    const { id } = running.simulator.addPhone({ address: person, name: 'Ana' })
    await fetch(`${running.simulator.apiUrl}/simulator/api/phones/${id}`, {
      method: 'PATCH',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ behaviour }),
    })

    await running.client.messages.create({ to: person, from: line, body: 'Hi', statusCallback })

    await expect.poll(() => statuses(running.hub)).toEqual(['sent', status])
    expect(callbacks(running.hub)[1]?.['ErrorCode']).toBe(code)
    expect(running.simulator.messagesOn(person)).toEqual([])
  },
)

test('WhatsApp outside the 24 hours fails afterwards with 63016', async ({ running }) => {
  const [from, to] = ['whatsapp:+15558675311', `whatsapp:${person}`]
  running.simulator.addNumber({ address: from, name: 'WhatsApp' })
  await running.simulator.text({ from: to, to: from, body: 'Hi' })
  running.clock.aheadMs = 25 * 60 * 60 * 1_000

  const { status } = await running.client.messages.create({ to, from, body: 'Hi', statusCallback })

  expect(status).toBe('queued')
  await expect.poll(() => statuses(running.hub)).toEqual(['failed'])
  expect(running.hub.at(door)[0]?.form).toMatchObject({
    ErrorCode: '63016',
    ChannelPrefix: 'whatsapp',
    ChannelToAddress: '+1212555XXXX',
  })
})

test('WhatsApp inside the 24 hours is delivered, and read when its phone is opened', async ({
  running,
}) => {
  const [from, to] = ['whatsapp:+15558675311', `whatsapp:${person}`]
  running.simulator.addNumber({ address: from, name: 'WhatsApp' })
  const { id } = running.simulator.addPhone({ address: to, name: 'Ana' })
  await running.simulator.text({ from: to, to: from, body: 'Hi' })

  await running.client.messages.create({ to, from, body: 'Hello', statusCallback })
  await expect.poll(() => statuses(running.hub)).toEqual(['sent', 'delivered'])
  await fetch(`${running.simulator.apiUrl}/simulator/api/phones/${id}/opened`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ line: from }),
  })

  await expect.poll(() => statuses(running.hub)).toEqual(['sent', 'delivered', 'read'])
  expect(callbacks(running.hub).map((form) => form['EventType'])).toEqual([
    undefined,
    'DELIVERED',
    'READ',
  ])
})
