import { deliveries } from '@partyline/db/schema/deliveries'
import { inbox } from '@partyline/db/schema/inbox'
import { messages } from '@partyline/db/schema/messages'
import { sql } from 'drizzle-orm'
import { expect } from 'vitest'
import { givenGroup } from '../../support/given.ts'
import { runIngress } from '../../support/run-ingress.ts'
import { runLine } from '../../support/run-line.ts'
import { test } from '../../support/stack.ts'
import { freshSid, publicUrl, signedForm, textParams } from '../../support/webhook.ts'

const texts = '/webhooks/twilio/messages'
const statuses = '/webhooks/twilio/status'
const group = '+15558675310'
const people = { '+14155559173': 'Ana', '+14155558264': 'Ben' }
const [ana] = Object.keys(people) as [string]
const times = <T>(count: number, make: () => T) => Array.from({ length: count }, make)

test('S1 S5: no door takes what Twilio did not sign for just this address, and nothing is kept', async ({
  stack,
}) => {
  await using ingress = await runIngress(stack)
  const params = textParams({ MessageStatus: 'delivered' })
  const changed = { ...params, Body: 'Bye' }

  for (const path of [texts, statuses, '/webhooks/twilio/events', '/webhooks/twilio/errors']) {
    const good = signedForm(`${path}?delivery=1&attempt=1`, params)
    const requests = {
      unsigned: { ...good, headers: { 'content-type': good.headers['content-type'] } },
      'another tenant’s token': signedForm(good.url, params, { token: 'of another tenant' }),
      'another text': { ...good, body: new URLSearchParams(changed).toString() },
      'one parameter more': { ...good, body: `${good.body}&Added=` },
      'another delivery': { ...good, url: `${path}?delivery=2&attempt=1` },
      'no delivery': { ...good, url: path },
      'one slash more': { ...good, url: `${path}/?delivery=1&attempt=1` },
      http: signedForm(good.url, params, { base: publicUrl.replace('https', 'http') }),
    }
    for (const [what, request] of Object.entries(requests)) {
      const { statusCode } = await ingress.http.inject(request)
      expect(statusCode, `${what} at ${path}`).toBe(403)
    }
  }
  const jobs = async () =>
    (await stack.redis.keys('*')).filter(
      (key) => key.startsWith(stack.prefix) && /:(inbound|status):\d+$/.test(key),
    )
  expect(await jobs()).toEqual([])
  expect(await stack.db.$count(inbox)).toBe(0)
  expect(await stack.db.execute(sql`select 1 from status_events`)).toHaveLength(0)
  expect((await ingress.http.inject(signedForm(texts, params))).statusCode).toBe(200)
  expect(await jobs()).toHaveLength(1)
})

test('S3: a text is checked and kept to the byte: spaces, signs, empty and unknown parameters', async ({
  stack,
}) => {
  await using line = await runLine(stack)
  await using ingress = await runIngress(stack)
  const Body = '  1 + 1 = 2 & 100 %\r\n🦜 é é\t '
  const params = textParams({ Body, FromCity: '', NewOfTomorrow: 'ж+ ' })
  const good = signedForm(texts, params)
  const trimmed = new URLSearchParams({ ...params, Body: Body.trim() }).toString()
  const huge = textParams({ Body: 'x'.repeat(10_000_000) })

  expect((await ingress.http.inject({ ...good, body: trimmed })).statusCode).toBe(403)
  expect((await ingress.http.inject(signedForm(texts, huge))).statusCode).toBe(413)
  expect((await ingress.http.inject(good)).statusCode).toBe(200)

  await expect.poll(() => stack.db.select().from(inbox)).toMatchObject([{ params }])
  expect(line.simulator.judge().total).toBe(0)
})

test('S6: a thousand replays of a text and of its old statuses change nothing', async ({
  stack,
}) => {
  await givenGroup(stack.db, { address: group, members: people })
  await using line = await runLine(stack)
  line.simulator.addNumber({ address: group, name: 'Conference' })
  for (const [address, name] of Object.entries(people)) line.simulator.addPhone({ address, name })
  await using ingress = await runIngress(stack)
  const all = (request: ReturnType<typeof signedForm>) =>
    Promise.all(times(500, () => ingress.http.inject(request)))
  const text = signedForm(texts, textParams({ From: ana, To: group, Body: 'once' }))
  const state = async () => (await stack.db.select().from(deliveries)).map(({ status }) => status)

  await all(text)
  await expect.poll(state).toEqual(['delivered'])
  const [delivery] = await stack.db.select().from(deliveries)
  const sid = delivery?.twilioSid ?? ''
  for (const MessageStatus of ['queued', 'sent']) {
    await all(signedForm(statuses, textParams({ MessageSid: sid, MessageStatus })))
  }
  await all(text)
  const last = textParams({ From: ana, To: group, Body: 'last', MessageSid: freshSid() })
  await ingress.http.inject(signedForm(texts, last))

  await expect.poll(state).toEqual(['delivered', 'delivered'])
  const bodies = await stack.db.select({ body: messages.body }).from(messages).orderBy(messages.seq)
  expect(bodies.map(({ body }) => body)).toEqual(['once', 'last'])
  expect(line.simulator.judge()).toMatchObject({ total: 2, doubles: [] })
})
