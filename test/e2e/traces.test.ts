import { messageEndpoints } from '@partyline/contracts/api/messages'
import { conversationEndpoints } from '@partyline/contracts/api/conversations'
import { sunset } from '@partyline/cli/demo/picture'
import { expect } from 'vitest'
import { givenGroup } from '../support/given-product.ts'
import { receiveOtlp } from '../support/otlp-receiver.ts'
import type { SentSpan } from '../support/read-otlp.ts'
import { runProduct } from '../support/run-product.ts'
import { test } from '../support/stack.ts'

const group = '+15558675310'
const members = { Quillfeather: '+14155559173', Bartholomew: '+14155558264', Eva: '+14155557355' }
const said = {
  byPhone: 'the parrot flies at nine',
  byDesk: 'the heron walks at ten',
  later: 'an owl',
}

/** Each call to Twilio with what led to it, from the first on. */
function waysToTwilio(spans: SentSpan[]): string[] {
  const byId = new Map(spans.map((span) => [span.spanId, span]))
  const way = (span: SentSpan): string => {
    const before = byId.get(span.parentId)
    const here = `${span.service} ${span.name}`
    return before ? `${way(before)} > ${here}` : here
  }
  return spans.filter(({ name }) => name === 'send delivery').map(way)
}

test('a text from a phone, from the dashboard or planned is one trace to every call to Twilio, and tells nothing of what was said', async ({
  stack,
}) => {
  await using receiver = await receiveOtlp()
  {
    await using product = await runProduct(stack, {
      env: { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url },
    })
    const api = await product.signIn()
    const conference = await givenGroup({ api, product }, group, { name: 'Conference', members })
    const [quill, bart, eva] = Object.keys(members).map((who) => conference.phone(who))
    const { items } = await api.call(conversationEndpoints.list)
    const params = { id: items[0]?.id ?? '' }
    const sendAt = new Date(Date.now() + 1_500).toISOString()
    const later = { body: said.later, clientKey: 'later', sendAt }
    await api.call(messageEndpoints.send, { params, body: later })
    const picture = { contentType: 'image/png', data: Buffer.from(sunset()).toString('base64') }
    await quill?.text(group, said.byPhone, [picture])
    await expect.poll(() => bart?.bodies()).toContain(`Quillfeather: ${said.byPhone}`)
    await api.call(messageEndpoints.send, { params, body: { body: said.byDesk, clientKey: 'one' } })
    for (const phone of [bart, eva]) await expect.poll(() => phone?.bodies()).toHaveLength(3)
    await expect.poll(() => quill?.bodies()).toHaveLength(2)
  }

  const spans = receiver.spans()
  const byPhone =
    'partyline-ingress POST /webhooks/twilio/messages > partyline-dispatcher take text in > partyline-dispatcher send delivery'
  const byDesk =
    'partyline-api POST /api/conversations/:id/messages > partyline-dispatcher send delivery'
  const later = 'partyline-dispatcher send scheduled text > partyline-dispatcher send delivery'
  expect(waysToTwilio(spans).toSorted()).toEqual([
    ...[byDesk, byDesk, byDesk],
    ...[later, later, later],
    ...[byPhone, byPhone],
  ])
  const calls = spans.filter(({ name }) => name === 'send delivery')
  expect(new Set(calls.map(({ traceId }) => traceId)).size).toBe(3)
  const [copied] = spans.filter(({ name }) => name === 'copy picture')
  expect(calls.map(({ parentId }) => parentId)).toContain(copied?.parentId)
  expect(copied?.attributes['partyline.outcome']).toBe('stored')
  const names = [...Object.keys(members), 'Conference'].filter((name) => name.length > 3)
  const numbers = [group, ...Object.values(members)].map((number) => number.slice(2))
  for (const each of [...Object.values(said), ...names, ...numbers]) {
    expect(receiver.heard()).not.toContain(each)
  }
})
