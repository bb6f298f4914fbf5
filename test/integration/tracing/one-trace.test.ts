import type { Db } from '@partyline/db/client'
import { postMessage } from '@partyline/db/queries/post-message'
import { deliveries } from '@partyline/db/schema/deliveries'
import { inbox } from '@partyline/db/schema/inbox'
import { createProducer } from '@partyline/kit/jobs'
import { connectRedis } from '@partyline/kit/redis'
import { eq, isNotNull } from 'drizzle-orm'
import { expect } from 'vitest'
import {
  addPhones,
  ana,
  givenConference,
  group,
  people,
  received,
} from '../../support/conference.ts'
import { givenDirect, givenLine } from '../../support/given.ts'
import { receiveOtlp } from '../../support/otlp-receiver.ts'
import { runIngress } from '../../support/run-ingress.ts'
import { runLine } from '../../support/run-line.ts'
import { noRedis, type Stack, test } from '../../support/stack.ts'
import { traced, tracingTo } from '../../support/traced.ts'
import { freshSid, signedForm, textParams } from '../../support/webhook.ts'

const texts = '/webhooks/twilio/messages'
const bodies = ['a parrot at nine', 'a heron at ten', 'an owl at eleven']

/** Nobody takes them but Postgres, and nobody rings. */
async function keptWithoutRedis(stack: Stack, sids: string[]): Promise<void> {
  const away = connectRedis(noRedis, 'producer', stack.log)
  const producer = createProducer(away, stack.prefix, stack.log)
  await using ingress = await runIngress(stack, { redis: away, producer })
  for (const [index, MessageSid] of sids.entries()) {
    const params = textParams({ From: ana, To: group, Body: bodies[index] ?? '', MessageSid })
    expect((await ingress.http.inject(signedForm(texts, params))).statusCode).toBe(200)
  }
  away.disconnect()
}

test('a text that waits in Postgres keeps its trace, from its webhook to what became of it', async ({
  stack: given,
}) => {
  await using receiver = await receiveOtlp()
  const stack = await traced(given, receiver.url)
  await givenConference(stack.db)
  const sids = bodies.map(() => freshSid())
  await keptWithoutRedis(stack, sids)
  expect(await stack.db.$count(inbox, eq(inbox.source, 'fallback'))).toBe(3)

  await using running = new AsyncDisposableStack()
  const line = running.use(await runLine(stack, { dispatchers: 0 }))
  addPhones(line)
  line.simulator.misbehave({ script: ['tooManyRequests'] })
  running.use(await line.dispatch())
  await expect.poll(() => received(line).length).toBe(3)
  await expect.poll(() => stack.db.$count(deliveries, eq(deliveries.status, 'delivered'))).toBe(3)
  await stack.tracing.stop()

  const spans = receiver.spans()
  for (const sid of sids) {
    const webhook = spans.find((span) => span.attributes['twilio.message_sid'] === sid)
    const trace = spans.filter((span) => span.traceId === webhook?.traceId)
    const taken = trace.find((span) => span.name === 'take text in')
    const sent = trace.filter((span) => span.name === 'send delivery')
    expect(webhook).toMatchObject({ name: `POST ${texts}`, parentId: '' })
    expect(taken).toMatchObject({ parentId: webhook?.spanId })
    expect(new Set(sent.map(({ parentId }) => parentId))).toEqual(new Set([taken?.spanId]))
    const [last] = sent.slice(-1)
    expect(last?.attributes).toMatchObject({
      'partyline.message_id': taken?.attributes['partyline.message_id'],
      'partyline.attempt': sent.length,
      'partyline.outcome': 'accepted',
    })
    const callbacks = trace.filter((span) => span.name === 'POST /webhooks/twilio/status')
    expect(callbacks.map(({ parentId }) => parentId)).toContain(last?.spanId)
  }
  expect(new Set(spans.map(({ traceId }) => traceId)).size).toBe(3)
  expect(spans.filter(({ failed }) => failed)).toHaveLength(1)
  for (const name of Object.values(people)) expect(JSON.stringify(spans)).not.toContain(name)
  const numbers = [...Object.keys(people), group].map((number) => number.slice(2))
  for (const each of [...bodies, ...numbers]) expect(receiver.heard()).not.toContain(each)
})

/** A text to each of these from the same line, each with what led to it. */
async function postedWithTraces(db: Db, addresses: string[]): Promise<string[]> {
  const line = await givenLine(db, { address: group })
  const traces = addresses.map((_, index) => String(index + 1).repeat(32))
  for (const [index, address] of addresses.entries()) {
    const { conversationId } = await givenDirect(db, { lineId: line.id, address })
    const traceParent = `00-${traces[index] ?? ''}-${'b'.repeat(16)}-01`
    const author = { kind: 'system', id: null, name: 'Desk', address: null } as const
    const draft = { conversationId, kind: 'text', direction: 'outbound', author } as const
    await db.transaction((tx) => postMessage(tx, { ...draft, body: `Hi ${index}`, traceParent }))
  }
  return traces
}

test('of many texts in one claim each call to Twilio is in the trace of its own text', async ({
  stack: given,
}) => {
  await using receiver = await receiveOtlp()
  const stack = await traced(given, receiver.url)
  const addresses = ['+14155550101', '+14155550102', '+14155550103']
  const traces = await postedWithTraces(stack.db, addresses)
  {
    await using line = await runLine(stack, { dispatchers: 0 })
    line.simulator.addNumber({ address: group, name: 'Desk' })
    for (const address of addresses) line.simulator.addPhone({ address, name: address })
    await using running = new AsyncDisposableStack()
    running.use(await line.dispatch())
    const accepted = () => stack.db.$count(deliveries, isNotNull(deliveries.twilioSid))
    await expect.poll(accepted).toBe(3)
  }
  await stack.tracing.stop()

  const claims = await stack.db.selectDistinct({ at: deliveries.attemptAt }).from(deliveries)
  expect(claims).toHaveLength(1)
  const sent = await stack.db
    .select({ id: deliveries.id, address: deliveries.address })
    .from(deliveries)
  const traceOf = new Map(
    receiver
      .spans()
      .filter(({ name }) => name === 'send delivery')
      .map((span) => [span.attributes['partyline.delivery_id'], span.traceId]),
  )
  const found = sent
    .toSorted((a, b) => a.address.localeCompare(b.address))
    .map(({ id }) => traceOf.get(id))
  expect(found).toEqual(traces)
})

test('texts flow and a stop is quick while whoever collects hangs or is gone', async ({
  stack: given,
}) => {
  await using hangs = await receiveOtlp('nothing')
  const gone = await tracingTo('http://127.0.0.1:1', given.log)
  gone.span('for nobody').end()
  const stack = await traced(given, hangs.url)
  await givenConference(stack.db)
  {
    await using line = await runLine(stack)
    addPhones(line)
    for (const body of bodies) await line.simulator.text({ from: ana, to: group, body })
    await expect.poll(() => received(line).length).toBe(3)
  }
  const before = performance.now()
  await Promise.all([stack.tracing.stop(), gone.stop()])
  expect(performance.now() - before).toBeLessThan(3_000)
})
