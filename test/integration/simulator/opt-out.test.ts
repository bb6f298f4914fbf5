import { expect } from 'vitest'
import { line, person, test } from './running-simulator.ts'

const door = '/webhooks/twilio/messages'

test('STOP blocks the line, is answered, and still reaches the webhook', async ({ running }) => {
  await running.simulator.text({ from: person, to: line, body: ' stop ' })

  expect(running.hub.at(door)[0]?.form).toMatchObject({ Body: ' stop ' })
  await expect
    .poll(() => running.simulator.messagesOn(person))
    .toMatchObject([{ body: ' stop ' }, { automatic: true, body: /unsubscribed/ }])
  await expect(
    running.client.messages.create({ to: person, from: line, body: 'Hi' }),
  ).rejects.toMatchObject({ code: 21610, status: 400 })
  expect(await running.client.messages.list({ from: line })).toEqual([])
})

test('STOP PLEASE is not a keyword', async ({ running }) => {
  await running.simulator.text({ from: person, to: line, body: 'STOP PLEASE' })

  const { status } = await running.client.messages.create({ to: person, from: line, body: 'Hi' })
  expect(status).toBe('queued')
})

test('START opens the line again', async ({ running }) => {
  await running.simulator.text({ from: person, to: line, body: 'STOP' })
  await running.simulator.text({ from: person, to: line, body: 'start' })

  const { status } = await running.client.messages.create({ to: person, from: line, body: 'Hi' })
  expect(status).toBe('queued')
})

test('HELP is answered, but not to somebody who has opted out', async ({ running }) => {
  const other = '+12125550143'
  await running.simulator.text({ from: person, to: line, body: 'STOP' })
  await running.simulator.text({ from: person, to: line, body: 'HELP' })
  await running.simulator.text({ from: other, to: line, body: 'INFO' })

  await expect
    .poll(() => running.simulator.messagesOn(other).map(({ automatic }) => automatic))
    .toEqual([false, true])
  expect(running.simulator.messagesOn(person).filter(({ automatic }) => automatic)).toHaveLength(1)
})

test('with a service the refusal comes afterwards, for every number of it', async ({ running }) => {
  const { client, simulator } = running
  simulator.addNumber({ address: '+15558675312', name: 'Second' })
  const { sid } = await client.messaging.v1.services.create({ friendlyName: 'Pool' })
  for (const number of await client.incomingPhoneNumbers.list()) {
    await client.messaging.v1.services(sid).phoneNumbers.create({ phoneNumberSid: number.sid })
  }
  await simulator.text({ from: person, to: line, body: 'STOP' })

  const created = await client.messages.create({ to: person, messagingServiceSid: sid, body: 'Hi' })

  expect(created.status).toBe('accepted')
  await expect
    .poll(() => client.messages(created.sid).fetch())
    .toMatchObject({ status: 'failed', errorCode: 21610 })
  await expect(
    client.messages.create({ to: person, from: '+15558675312', body: 'Hi' }),
  ).rejects.toMatchObject({ code: 21610 })
})
