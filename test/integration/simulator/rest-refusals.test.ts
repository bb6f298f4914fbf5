import { expect } from 'vitest'
import { accountSid, line, person, test } from './running-simulator.ts'
import { errorShape } from './twilio-shapes.ts'

const good = { To: person, From: line, Body: 'Hi' }

const refusals: [code: number, what: string, form: Record<string, string | string[]>][] = [
  [21604, 'no recipient', { ...good, To: '' }],
  [21211, 'a recipient that is no number', { ...good, To: '+1asd' }],
  [21265, 'a short code as recipient', { ...good, To: '12345' }],
  [21266, 'a line that texts itself', { ...good, To: line }],
  [21212, 'a sender that is no number', { ...good, From: '12' }],
  [21603, 'no sender', { To: person, Body: 'Hi' }],
  [21606, 'a sender that is not ours', { ...good, From: '+12125550100' }],
  [21910, 'two channels', { ...good, To: `whatsapp:${person}` }],
  [
    63007,
    'a WhatsApp sender that is not ours',
    { To: `whatsapp:${person}`, From: 'whatsapp:+12125550100', Body: 'Hi' },
  ],
  [21602, 'an empty body', { ...good, Body: '' }],
  [21619, 'neither body nor media', { To: person, From: line }],
  [21617, '1601 characters', { ...good, Body: 'a'.repeat(1_601) }],
  [21620, 'a media address that is none', { ...good, MediaUrl: 'cat.png' }],
  [
    21623,
    'eleven pictures',
    { ...good, MediaUrl: Array.from({ length: 11 }, () => 'https://a.example/b.png') },
  ],
  [21609, 'a callback address that is none', { ...good, StatusCallback: 'nowhere' }],
  [
    21609,
    'a callback host with an underscore',
    { ...good, StatusCallback: 'https://my_hub.example/x' },
  ],
  [21624, 'a validity of eleven hours', { ...good, ValidityPeriod: '39600' }],
  [21655, 'a template nobody made', { ...good, ContentSid: `HX${'a'.repeat(32)}` }],
  [
    21701,
    'a service that does not exist',
    { To: person, Body: 'Hi', MessagingServiceSid: `MG${'a'.repeat(32)}` },
  ],
  [
    35118,
    'a planned text without a service',
    { ...good, ScheduleType: 'fixed', SendAt: '2030-01-01T00:00:00Z' },
  ],
  [21212, 'magic: invalid sender', { ...good, From: '+15005550001' }],
  [21606, 'magic: sender not ours', { ...good, From: '+15005550007' }],
  [21611, 'magic: full queue', { ...good, From: '+15005550008' }],
  [21211, 'magic: invalid recipient', { ...good, To: '+15005550001' }],
  [21612, 'magic: no route', { ...good, To: '+15005550002' }],
  [21408, 'magic: region not enabled', { ...good, To: '+15005550003' }],
  [21610, 'magic: opted out', { ...good, To: '+15005550004' }],
  [21614, 'magic: no mobile', { ...good, To: '+15005550009' }],
]

test.for(refusals)('error %i refuses %s', async ([code, , form], { running }) => {
  const pairs = Object.entries(form).flatMap(([name, value]) =>
    [value].flat().map((each): [string, string] => [name, each]),
  )

  const reply = await running.rest(`/2010-04-01/Accounts/${accountSid}/Messages.json`, {
    method: 'POST',
    body: new URLSearchParams(pairs),
  })

  const body = errorShape.parse(await reply.json())
  expect(body).toMatchObject({
    code,
    status: reply.status,
    more_info: `https://www.twilio.com/docs/errors/${code}`,
  })
  expect(reply.status).toBe(code === 21701 ? 404 : 400)
})

test('the magic sender needs no number', async ({ running }) => {
  const sent = await running.client.messages.create({
    to: person,
    from: '+15005550006',
    body: 'Hi',
  })

  expect(sent.status).toBe('queued')
})

test('a path that does not exist is named in a 404', async ({ running }) => {
  const path = `/2010-04-01/Accounts/${accountSid}/Messages/SM${'0'.repeat(32)}.json`

  const reply = await running.rest(path)

  expect(errorShape.parse(await reply.json())).toMatchObject({
    code: 20404,
    message: `The requested resource ${path} was not found`,
  })
})
