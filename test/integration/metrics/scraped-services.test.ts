import { connectPostgres, createDb } from '@partyline/db/client'
import { connectRedis } from '@partyline/kit/redis'
import { createProducer } from '@partyline/kit/jobs'
import { lines } from '@partyline/db/schema/lines'
import { expect } from 'vitest'
import { addPhones, ana, ben, givenConference, group, received } from '../../support/conference.ts'
import { runIngress } from '../../support/run-ingress.ts'
import { runLine } from '../../support/run-line.ts'
import { scrape } from '../../support/scrape.ts'
import { test } from '../../support/stack.ts'
import { freshSid, signedForm, textParams } from '../../support/webhook.ts'
import { runApi } from '../api/running-api.ts'
import { bellOf, openBrowser, runRealtime } from '../realtime/browser.ts'
import { givenDirect, givenLine, givenText, givenUser } from '../realtime/given.ts'

const path = '/webhooks/twilio/messages'

test('the door counts what it kept and what it refused, with how long that took', async ({
  stack,
}) => {
  await using ingress = await runIngress(stack)
  await ingress.http.inject(signedForm(path, textParams()))
  await ingress.http.inject(signedForm(path, textParams()))
  await ingress.http.inject(signedForm(path, textParams(), { token: 'another' }))
  await ingress.http.inject({ ...signedForm(path, textParams()), headers: {} })

  const seen = await scrape(ingress.http)

  const kept = (store: string) =>
    seen.of('partyline_webhooks_kept_total', { kind: 'message', store })
  expect(['redis', 'postgres', 'none'].map(kept)).toEqual([2, 0, 0])
  const refused = (reason: string) => seen.of('partyline_webhooks_refused_total', { reason })
  expect(refused('bad signature')).toBe(1)
  const answered = (outcome: string) =>
    seen.of('partyline_webhook_duration_seconds_count', { kind: 'message', outcome })
  expect([answered('kept'), answered('refused')]).toEqual([2, 1])
  expect(seen.of('partyline_webhook_duration_seconds_sum', { outcome: 'kept' })).toBeGreaterThan(0)
  expect(seen.of('partyline_store_up', { store: 'redis' })).toBe(1)
})

test('the door counts what Postgres kept while Redis was away, and what nobody could keep', async ({
  stack,
}) => {
  const redis = connectRedis(
    { url: 'redis://127.0.0.1:1', prefix: stack.prefix },
    'producer',
    stack.log,
  )
  const producer = createProducer(redis, stack.prefix, stack.log)
  const away = connectPostgres('postgres://127.0.0.1:1/none', { name: 'test' })
  await using fallback = await runIngress(stack, { redis, producer })
  await using nowhere = await runIngress(stack, { redis, producer, db: createDb(away) })
  const status = {
    MessageSid: freshSid(),
    MessageStatus: 'sent',
    AccountSid: textParams()['AccountSid'] ?? '',
  }
  await fallback.http.inject(signedForm('/webhooks/twilio/status', status))
  await nowhere.http.inject(signedForm(path, textParams()))

  const [kept, lost] = await Promise.all([scrape(fallback.http), scrape(nowhere.http)])

  expect(kept.of('partyline_webhooks_kept_total', { kind: 'status', store: 'postgres' })).toBe(1)
  expect(kept.of('partyline_store_up', { store: 'redis' })).toBe(0)
  expect(kept.of('partyline_store_up', { store: 'postgres' })).toBe(1)
  expect(lost.of('partyline_webhooks_kept_total', { kind: 'message', store: 'none' })).toBe(1)
  expect(lost.of('partyline_webhook_duration_seconds_count', { outcome: 'unavailable' })).toBe(1)
  redis.disconnect()
  await away.end({ timeout: 0 })
})

test('a dispatcher counts the texts it took, what Twilio answered and what each line sent', async ({
  stack,
}) => {
  await givenConference(stack.db)
  await using line = await runLine(stack, { dispatchers: 0 })
  await using dispatcher = await line.dispatch()
  addPhones(line)
  line.simulator.misbehave({ script: ['tooManyRequests'] })

  await line.simulator.text({ from: ana, to: group, body: 'Hi' })
  await expect.poll(() => received(line)).toEqual(['Ana: Hi'])
  const [row] = await stack.db.select().from(lines)
  const of = { line: row?.id ?? '' }
  await expect
    .poll(async () => (await scrape(dispatcher.http)).of('partyline_segments_sent_total', of))
    .toBe(1)

  const seen = await scrape(dispatcher.http)
  const sent = (outcome: string) => seen.of('partyline_deliveries_sent_total', { ...of, outcome })
  expect([sent('accepted'), sent('busy')]).toEqual([1, 1])
  expect(seen.of('partyline_twilio_errors_total', { operation: 'send', code: '20429' })).toBe(1)
  expect(seen.of('partyline_texts_taken_total', { outcome: 'taken' })).toBe(1)
  const sends = { operation: 'send', status: '201' }
  expect(seen.of('partyline_twilio_request_duration_seconds_count', sends)).toBe(1)
  expect(seen.of('partyline_twilio_request_duration_seconds_sum', sends)).toBeGreaterThan(0)
  expect(seen.of('partyline_dispatchers')).toBe(1)
  // A text may be on the phone before the job that took it in has ended.
  const jobs = { name: 'inbound.accept', outcome: 'done' }
  await expect
    .poll(async () =>
      (await scrape(dispatcher.http)).of('partyline_job_duration_seconds_count', jobs),
    )
    .toBe(1)

  const { id } = line.simulator.addPhone({ address: ben, name: 'Ben' })
  await fetch(`${line.simulator.apiUrl}/simulator/api/phones/${id}`, {
    method: 'PATCH',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ behaviour: 'off' }),
  })
  await line.simulator.text({ from: ana, to: group, body: 'Are you there?' })
  const failed = { code: '30003' }
  await expect
    .poll(async () =>
      (await scrape(dispatcher.http)).of('partyline_deliveries_failed_total', failed),
    )
    .toBeGreaterThan(0)
})

test('texts that never came and were fetched, and what became of unknown deliveries, are counted', async ({
  stack,
}) => {
  await givenConference(stack.db)
  await using line = await runLine(stack, { dispatchers: 0, sending: { settleMs: 500 } })
  await using dispatcher = await line.dispatch()
  addPhones(line)
  line.simulator.misbehave({ script: ['failBefore'], dropWebhooks: 1 })

  await line.simulator.text({ from: ana, to: group, body: 'Hi' })

  await expect.poll(() => received(line), { timeout: 40_000 }).toEqual(['Ana: Hi'])
  const seen = await scrape(dispatcher.http)
  expect(seen.of('partyline_texts_recovered_total')).toBe(1)
  expect(seen.of('partyline_unknown_settled_total', { verdict: 'resend' })).toBe(1)
  expect(seen.of('partyline_unknown_settled_total', { verdict: 'review' })).toBe(0)
})

test('the feed says how late it tells, and how many sockets it tells', async ({ stack }) => {
  await using node = await runRealtime(stack)
  const direct = await givenDirect(stack.db, await givenLine(stack.db))
  using browser = await openBrowser(node.port, (await givenUser(stack.db, 'Ann')).token)
  await givenText(stack.db, direct.id)
  bellOf(stack)()
  await expect.poll(() => browser.types()).toContain('conversation.changed')

  // What was told a moment ago may not be in the reading of the database that a scrape shares.
  const lag = async () => (await scrape(node.http)).of('partyline_feed_lag_seconds')
  await expect.poll(lag).toBe(0)
  const seen = await scrape(node.http)

  expect(seen.of('partyline_sockets_connected')).toBe(1)
  expect(seen.of('partyline_feed_relay_delay_seconds_count')).toBeGreaterThan(0)
  expect(seen.of('partyline_feed_relay_delay_seconds_sum')).toBeLessThan(15)
  expect(seen.of('partyline_feed_changes_relayed_total')).toBeGreaterThan(0)
  expect(seen.of('partyline_store_up', { store: 'redis' })).toBe(1)
})

test('the api counts answers by the pattern of their address, never by the address', async ({
  stack,
}) => {
  await using api = runApi(stack)
  const id = crypto.randomUUID()
  await api.http.inject(`/api/conversations/${id}`)
  await api.http.inject('/api/nothing')

  const seen = await scrape(api.http)

  const name = 'partyline_api_request_duration_seconds_count'
  const route = '/api/conversations/:id'
  expect(seen.of(name, { method: 'GET', route, status: '401' })).toBe(1)
  expect(seen.of(name, { route: 'none', status: '404' })).toBe(1)
  expect(seen.text).not.toContain(id)
})
