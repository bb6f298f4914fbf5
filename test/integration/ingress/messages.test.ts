import {
  goodWebhooksKey,
  refusedWebhooksKey,
  webhookRefusal,
} from '@partyline/contracts/webhook-notes'
import { expect } from 'vitest'
import { collectJobs } from '../../support/collect-jobs.ts'
import { ingressConfig, runIngress } from '../../support/run-ingress.ts'
import { type Stack, test } from '../../support/stack.ts'
import { account, freshSid, publicUrl, signedForm, textParams } from '../../support/webhook.ts'

/** A good request after the bad ones: it is all that was enqueued. */
async function expectOnly(stack: Stack, answer: { statusCode: number }, sids: unknown[]) {
  expect(answer.statusCode).toBe(200)
  await using jobs = await collectJobs(stack)
  await expect.poll(() => jobs.webhooks().map(({ params }) => params['MessageSid'])).toEqual(sids)
}

const path = '/webhooks/twilio/messages'

test('A7 A11 B38 D13: a text is answered with empty TwiML and enqueued with every parameter', async ({
  stack,
}) => {
  await using ingress = await runIngress(stack)
  const params = textParams({ Body: '  Hi & café 👋  ', FromCity: '', SomethingNew: 'kept' })

  const answer = await ingress.http.inject(signedForm(path, params))

  expect(answer.statusCode).toBe(200)
  expect(answer.headers['content-type']).toMatch(/^text\/xml/)
  expect(answer.body).toBe('<?xml version="1.0" encoding="UTF-8"?><Response/>')
  await using jobs = await collectJobs(stack)
  await expect.poll(jobs.webhooks).toMatchObject([{ params }])
})

test('webhooks of one turn of the event loop travel in one job', async ({ stack }) => {
  await using ingress = await runIngress(stack)

  const answers = await Promise.all(
    Array.from({ length: 60 }, () => ingress.http.inject(signedForm(path, textParams()))),
  )

  expect(answers.every((answer) => answer.statusCode === 200)).toBe(true)
  await using jobs = await collectJobs(stack)
  await expect.poll(jobs.webhooks).toHaveLength(60)
  expect(jobs.inbound.length).toBeLessThan(30)
})

test('S1 S2 S3: what Twilio did not sign is refused with 403 and nothing is enqueued', async ({
  stack,
}) => {
  await using ingress = await runIngress(stack)
  const params = textParams()
  const good = signedForm(path, params)
  const bad = [
    { ...good, headers: { 'content-type': good.headers['content-type'] } },
    signedForm(path, params, { token: 'another token' }),
    { ...good, body: good.body.replace('Hi', 'Bye') },
    { ...good, body: `${good.body}&Added=1` },
    { ...good, url: `${path}?delivery=1` },
    signedForm(path, params, { base: 'http://hub.example.com' }),
    signedForm(path, params, { base: 'https://evil.example.com' }),
    {
      ...signedForm(path, params, { base: 'https://evil.example.com' }),
      headers: {
        ...signedForm(path, params, { base: 'https://evil.example.com' }).headers,
        host: 'evil.example.com',
        'x-forwarded-host': 'evil.example.com',
      },
    },
  ]

  for (const request of bad) {
    const answer = await ingress.http.inject(request)
    expect(answer.statusCode).toBe(403)
    expect(answer.json<{ error: { code: string } }>().error.code).toBe('bad_signature')
  }
  await expectOnly(stack, await ingress.http.inject(good), [params['MessageSid']])
  const refused = () => stack.redis.lrange(refusedWebhooksKey(stack.prefix), 0, -1)
  await expect.poll(async () => (await refused()).length).toBe(bad.length)
  expect((await refused()).join()).not.toContain(params['From'])
  // The fifth came with a query that it was not signed with: that is told.
  const matching = (await refused())
    .map((entry) => webhookRefusal.parse(JSON.parse(entry)).matchingUrl)
    .toReversed()
  expect(matching.slice(0, 4)).toEqual([null, null, null, null])
  expect(matching[4]).toBe(`${publicUrl}${path}`)
})

test('S2: a Host header of somebody else does not spoil a good signature', async ({ stack }) => {
  await using ingress = await runIngress(stack)
  const good = signedForm(path, textParams())

  const answer = await ingress.http.inject({
    ...good,
    headers: { ...good.headers, host: 'internal:3001', 'x-forwarded-proto': 'http' },
  })

  expect(answer.statusCode).toBe(200)
})

test('S4: while a token is rotated the secondary one is accepted too', async ({ stack }) => {
  const config = ingressConfig(stack, { authTokens: [account.token, 'the next token'] })
  await using ingress = await runIngress(stack, { config })

  const answer = await ingress.http.inject(
    signedForm(path, textParams(), { token: 'the next token' }),
  )

  expect(answer.statusCode).toBe(200)
})

test('S5: a text of a foreign account is refused though its signature is good', async ({
  stack,
}) => {
  await using ingress = await runIngress(stack)

  const answer = await ingress.http.inject(
    signedForm(path, textParams({ AccountSid: `AC${'b'.repeat(32)}` })),
  )

  expect(answer.statusCode).toBe(403)
  expect(answer.json<{ error: { code: string } }>().error.code).toBe('wrong_account')
  const own = textParams()
  await expectOnly(stack, await ingress.http.inject(signedForm(path, own)), [own['MessageSid']])
})

test('S9: more than 64 KiB is 413, another content type 415, no MessageSid 400', async ({
  stack,
}) => {
  await using ingress = await runIngress(stack)
  const big = signedForm(path, textParams({ Body: 'x'.repeat(70_000) }))
  const nameless = { AccountSid: account.sid, From: '+14017122661', Body: 'Hi' }
  const plain = { ...big, headers: { ...big.headers, 'content-type': 'text/plain' }, body: 'Hi' }

  expect((await ingress.http.inject(big)).statusCode).toBe(413)
  expect((await ingress.http.inject(plain)).statusCode).toBe(415)
  expect((await ingress.http.inject(signedForm(path, nameless))).statusCode).toBe(400)
  const endless = textParams({ MessageSid: 'SM'.padEnd(3_000, '0') })
  expect((await ingress.http.inject(signedForm(path, endless))).statusCode).toBe(400)
})

test('B7 B8 D14: status callbacks and webhooks of other kinds are acknowledged', async ({
  stack,
}) => {
  await using ingress = await runIngress(stack)
  const deliveryId = '0190f3a0-0000-7000-8000-000000000001'
  const params = {
    MessageSid: freshSid(),
    MessageStatus: 'delivered',
    AccountSid: account.sid,
    To: '+14017122661',
    From: '+15558675310',
  }

  const status = await ingress.http.inject(
    signedForm(`/webhooks/twilio/status?delivery=${deliveryId}&attempt=2`, params),
  )
  const odd = await ingress.http.inject(
    signedForm('/webhooks/twilio/status?delivery=nonsense', params),
  )
  const debuggerNotice = await ingress.http.inject(
    signedForm('/webhooks/twilio/errors', { AccountSid: account.sid, Level: 'Error' }),
  )

  expect([status.statusCode, status.body]).toEqual([204, ''])
  expect(odd.statusCode).toBe(204)
  expect(debuggerNotice.statusCode).toBe(200)
  await using jobs = await collectJobs(stack)
  await expect.poll(jobs.callbacks).toMatchObject([
    { params, deliveryId, attempt: 2 },
    { params, deliveryId: null, attempt: null },
  ])
})

test('the last good webhook of each route is noted, and what a refused one was signed for', async ({
  stack,
}) => {
  await using ingress = await runIngress(stack)
  const slashed = signedForm(path, textParams(), { base: 'http://hub.example.com' })
  expect((await ingress.http.inject(slashed)).statusCode).toBe(403)
  expect((await ingress.http.inject(signedForm(path, textParams()))).statusCode).toBe(200)

  const good = () => stack.redis.hgetall(goodWebhooksKey(stack.prefix))
  await expect.poll(good, { timeout: 5_000 }).toEqual({ [path]: expect.any(String) as string })
  const [refused] = await stack.redis.lrange(refusedWebhooksKey(stack.prefix), 0, -1)
  expect(webhookRefusal.parse(JSON.parse(refused ?? ''))).toMatchObject({
    url: publicUrl + path,
    matchingUrl: `http://hub.example.com${path}`,
    reason: 'bad signature',
  })
})
