import { expect } from 'vitest'
import { accountSid, authToken, person, test, type Running } from './running-simulator.ts'
import { contentAndApprovalShape, contentShape } from './twilio-shapes.ts'

const door = '/webhooks/twilio/status'
const statusCallback = `https://partyline.example.com${door}`
const authorization = `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`
const [from, to] = ['whatsapp:+15558675311', `whatsapp:${person}`]

async function sidOf({ client }: Running, name: string): Promise<string> {
  const all = await client.content.v1.contentAndApprovals.list()
  return (
    all.find(({ friendlyName, language }) => friendlyName === name && language === 'en')?.sid ?? ''
  )
}

function send(running: Running, given: { contentSid: string; contentVariables?: string }) {
  running.simulator.addNumber({ address: from, name: 'WhatsApp' })
  return running.client.messages.create({ to, from, statusCallback, ...given })
}

const ends = ({ hub }: Running) =>
  hub.at(door).map(({ form }) => [form['MessageStatus'], form['ErrorCode']])

test('B10 B31: the SDK lists templates page by page, with what WhatsApp says of each', async ({
  running,
}) => {
  const all = await running.client.content.v1.contentAndApprovals.list({ pageSize: 3 })

  expect(
    all.map(({ types }) => (types as Record<string, { body: string }>)['twilio/text']?.body),
  ).toEqual(
    expect.arrayContaining([
      'Your {{1}} code is {{2}}',
      'Your {{1}} appointment is coming up on {{2}}',
      'Your {{1}} order of {{2}} has shipped and should be delivered on {{3}}. Details : {{4}}',
    ]),
  )
  const statuses = all.map((each) => (each.approvalRequests as { status?: unknown }).status)
  expect(new Set(statuses)).toEqual(new Set(['approved', 'pending', 'rejected']))
  const raw = await running.rest('/v1/ContentAndApprovals?PageSize=3&Page=1')
  const page = (await raw.json()) as { contents: object[]; meta: { next_page_url: string } }
  expect(page.contents).toHaveLength(3)
  expect(page.meta.next_page_url).toMatch(
    /^https:\/\/content\.twilio\.com\/v1\/ContentAndApprovals/,
  )
  for (const content of page.contents) contentAndApprovalShape.parse(content)
})

test('a template is made, submitted, approved after a while, and removed', async ({ running }) => {
  const { contents } = running.client.content.v1
  const made = await contents.create({
    ...{ friendly_name: 'hello', language: 'en', variables: { 1: 'you' } },
    types: { 'twilio/text': { body: 'Hello {{1}}' } },
  } as never)
  contentShape.parse(await (await running.rest(`/v1/Content/${made.sid}`)).json())
  const approval = () => contents(made.sid).approvalFetch().fetch()
  expect((await approval()).whatsapp).toMatchObject({ status: 'unsubmitted' })

  await fetch(`${running.simulator.apiUrl}/v1/Content/${made.sid}/ApprovalRequests/whatsapp`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization },
    body: JSON.stringify({ name: 'hello', category: 'UTILITY' }),
  })
  await expect.poll(async () => (await approval()).whatsapp).toMatchObject({ status: 'approved' })

  await contents(made.sid).remove()
  expect((await running.rest(`/v1/Content/${made.sid}`)).status).toBe(404)
})

test('B31: outside the 24 hours an approved template arrives, with its values or its samples', async ({
  running,
}) => {
  const contentSid = await sidOf(running, 'appointment_reminder')

  const { body } = await send(running, { contentSid, contentVariables: '{"2":"Friday"}' })

  expect(body).toBe('Your dentist appointment is coming up on Friday')
  await expect
    .poll(() => ends(running))
    .toEqual([
      ['sent', undefined],
      ['delivered', undefined],
    ])
  expect(running.simulator.messagesOn(to)).toMatchObject([{ body }])
})

test.for([
  ['opening_hours', '63016'],
  ['spring_sale', '63040'],
] as const)(
  'outside the 24 hours %s, which is not approved, fails with %s',
  async ([name, code], { running }) => {
    const contentSid = await sidOf(running, name)

    await send(running, { contentSid })

    await expect.poll(() => ends(running)).toEqual([['failed', code]])
  },
)

test.for([
  [21656, '{"1":'],
  [21656, '["a"]'],
  [21656, '{"1":""}'],
  [21656, '{"1":null}'],
  [21656, '{"1":"two\\nlines"}'],
  [21656, '{"1":"a     b"}'],
] as const)('error %i refuses the values %s', async ([code, contentVariables], { running }) => {
  const contentSid = await sidOf(running, 'appointment_reminder')

  await expect(send(running, { contentSid, contentVariables })).rejects.toMatchObject({ code })
})

test('values without a template are refused', async ({ running }) => {
  const form = new URLSearchParams({ To: to, From: from, Body: 'Hi', ContentVariables: '{}' })
  running.simulator.addNumber({ address: from, name: 'WhatsApp' })

  const answer = await running.rest(`/2010-04-01/Accounts/${accountSid}/Messages.json`, {
    ...{ method: 'POST', body: form },
  })

  expect(await answer.json()).toMatchObject({ code: 21654, status: 400 })
})
