import { mkdtempDisposable } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect } from 'vitest'
import { accountSid, line, makeService, person, runSimulator, test } from './running-simulator.ts'
import {
  errorShape,
  mediaListShape,
  mediaShape,
  messageListShape,
  messageShape,
} from './twilio-shapes.ts'

const messages = `/2010-04-01/Accounts/${accountSid}/Messages`
const form = (values: Record<string, string>) => ({
  method: 'POST',
  body: new URLSearchParams(values),
})

test('a created message has all twenty keys in Twilio’s formats', async ({ running }) => {
  const reply = await running.rest(`${messages}.json`, form({ To: person, From: line, Body: 'Hi' }))

  expect(reply.status).toBe(201)
  const message = messageShape.parse(await reply.json())
  expect(Object.keys(message)).toHaveLength(20)
  expect(message).toMatchObject({ status: 'queued', date_sent: null, price: null, from: line })
  expect(message.subresource_uris).not.toHaveProperty('feedback')
})

test('the SDK creates a message and sees it arrive', async ({ running }) => {
  const { sid } = await running.client.messages.create({ to: person, from: line, body: 'Hi 👋' })

  const fetched = () => running.client.messages(sid).fetch()
  await expect.poll(async () => (await fetched()).status).toBe('delivered')
  expect(await fetched()).toMatchObject({
    body: 'Hi 👋',
    numSegments: '1',
    direction: 'outbound-api',
    errorCode: null,
    price: '-0.00830',
  })
  expect((await fetched()).dateSent).toBeInstanceOf(Date)
  expect(running.simulator.messagesOn(person)).toMatchObject([{ body: 'Hi 👋', fromPhone: false }])
})

test('the list is newest first, and the SDK follows its pages to the end', async ({ running }) => {
  for (let index = 0; index < 7; index += 1) {
    await running.client.messages.create({ to: person, from: line, body: `text ${index}` })
  }

  const all = await running.client.messages.list({ pageSize: 3 })
  expect(all.map(({ body }) => body)).toEqual([6, 5, 4, 3, 2, 1, 0].map((n) => `text ${n}`))

  const raw = await running.rest(`${messages}.json?PageSize=3`)
  const first = messageListShape.parse(await raw.json())
  expect(first).toMatchObject({ page: 0, page_size: 3, start: 0, end: 2, previous_page_uri: null })
  expect(first.next_page_uri).toContain(`PageToken=PA${first.messages[2]?.sid ?? '?'}`)
})

test('the SDK walks back to the page before', async ({ running }) => {
  for (let index = 0; index < 5; index += 1) {
    await running.client.messages.create({ to: person, from: line, body: String(index) })
  }

  const first = await running.client.messages.page({ pageSize: 2 })
  const second = await first.nextPage()
  const again = await second?.previousPage()
  expect(second?.instances.map(({ body }) => body)).toEqual(['2', '1'])
  expect(again?.instances.map(({ body }) => body)).toEqual(['4', '3'])
})

test('the list is filtered by To, From and DateSent', async ({ running }) => {
  const other = '+12125550143'
  await running.client.messages.create({ to: person, from: line, body: 'one' })
  await running.client.messages.create({ to: other, from: line, body: 'two' })
  const list = (options: object) =>
    running.client.messages.list(options).then((rows) => rows.map(({ body }) => body))

  await expect.poll(() => list({ dateSentAfter: new Date(Date.now() - 60_000) })).toHaveLength(2)
  expect(await list({ to: other })).toEqual(['two'])
  expect(await list({ from: '+12125550199' })).toEqual([])
  const [newest] = await running.client.messages.list()
  if (!newest) throw new Error('nothing is listed')
  expect(await list({ dateSent: newest.dateSent })).toContain(newest.body)
  const day = await running.rest(
    `${messages}.json?DateSent=${newest.dateSent.toISOString().slice(0, 10)}`,
  )
  expect(await day.json()).toMatchObject({
    messages: expect.arrayContaining([expect.objectContaining({ sid: newest.sid })]) as unknown,
  })
  expect(await list({ dateSentBefore: new Date(Date.now() - 86_400_000) })).toEqual([])
  expect(await list({ dateSentAfter: new Date(Date.now() + 60_000) })).toEqual([])
})

test('a date that is none is refused', async ({ running }) => {
  const reply = await running.rest(`${messages}.json?DateSent=yesterday`)

  expect(errorShape.parse(await reply.json())).toMatchObject({ code: 20001, status: 400 })
})

test('a body can be emptied, and set to nothing else', async ({ running }) => {
  const { sid } = await running.client.messages.create({ to: person, from: line, body: 'secret' })

  expect((await running.client.messages(sid).update({ body: '' })).body).toBe('')
  await expect(running.client.messages(sid).update({ body: 'new' })).rejects.toMatchObject({
    code: 30400,
  })
})

test('a message is deleted only when it is complete', async ({ running }) => {
  const { client } = running
  const messagingServiceSid = await makeService(running)
  // It waits for as long as this looks; one that is sent at once may have arrived by then.
  const planned = await client.messages.create({
    ...{ to: person, messagingServiceSid, body: 'Later', scheduleType: 'fixed' },
    sendAt: new Date(Date.now() + 3_600_000),
  })
  await expect(client.messages(planned.sid).remove()).rejects.toMatchObject({
    ...{ code: 20009, status: 409 },
  })

  const { sid } = await client.messages.create({ to: person, from: line, body: 'Hi' })
  const message = client.messages(sid)
  await expect.poll(async () => (await message.fetch()).status).toBe('delivered')
  expect(await message.remove()).toBe(true)
  await expect(message.fetch()).rejects.toMatchObject({ code: 20404, status: 404 })
})

test('a picture is fetched, kept, listed, served and deleted', async ({ running }) => {
  running.hub.files.set('/cat.png', { contentType: 'image/png', bytes: Buffer.from('meow') })
  const { sid } = await running.client.messages.create({
    to: person,
    from: line,
    mediaUrl: ['https://partyline.example.com/cat.png'],
  })
  const message = running.client.messages(sid)
  await expect.poll(async () => (await message.fetch()).status).toBe('delivered')

  expect(sid).toMatch(/^MM/)
  const [media] = await message.media.list()
  expect(media).toMatchObject({ contentType: 'image/png', parentSid: sid })
  const uri = `${messages}/${sid}/Media/${media?.sid ?? ''}`
  const bytes = await running.rest(uri)
  expect(bytes.headers.get('content-type')).toContain('image/png')
  expect(await bytes.text()).toBe('meow')
  mediaShape.parse(await (await running.rest(`${uri}.json`)).json())
  mediaListShape.parse(await (await running.rest(`${messages}/${sid}/Media.json`)).json())
  expect(await message.media(media?.sid ?? '').remove()).toBe(true)
  expect((await running.rest(uri)).status).toBe(404)
})

test('a picture that cannot be fetched fails the message', async ({ running }) => {
  const { sid } = await running.client.messages.create({
    to: person,
    from: line,
    mediaUrl: ['https://partyline.example.com/no-such.png'],
  })

  await expect
    .poll(() => running.client.messages(sid).fetch())
    .toMatchObject({ status: 'failed', errorCode: 11200 })
})

test.for([
  ['no credentials', ''],
  ['a wrong token', `${accountSid}:nonsense`],
  ['another account', `AC${'b'.repeat(32)}:2b1e4d5c6f7a8b9c0d1e2f3a4b5c6d7e`],
])('%s: 401 and error 20003', async ([, auth], { running }) => {
  const reply = await running.rest(`${messages}.json`, { auth: auth ?? '' })

  expect(reply.status).toBe(401)
  expect(errorShape.parse(await reply.json())).toMatchObject({
    code: 20003,
    message: 'Authenticate',
  })
})

test('an API key is as good as the token', async ({ running }) => {
  expect((await running.rest(`${messages}.json`, { auth: 'SK1:secret' })).status).toBe(200)
})

test('texts survive a restart and go on to their end', async () => {
  await using folder = await mkdtempDisposable(path.join(tmpdir(), 'partyline-simulator-'))
  await using kept = await runSimulator(path.join(folder.path, 'simulator.sqlite'))
  const { sid } = await kept.client.messages.create({ to: person, from: line, body: 'Hi' })

  await kept.restart()

  await expect.poll(async () => (await kept.client.messages(sid).fetch()).status).toBe('delivered')
})
