import { createHash } from 'node:crypto'
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks.js'
import { expect } from 'vitest'
import { collectJobs } from '../../support/collect-jobs.ts'
import { runIngress } from '../../support/run-ingress.ts'
import { test } from '../../support/stack.ts'
import { account, freshSid, publicUrl } from '../../support/webhook.ts'

const deliveryId = '0190f3a0-0000-7000-8000-000000000001'

function event(type: string, data: Record<string, unknown>) {
  return {
    specversion: '1.0',
    type: `com.twilio.messaging.${type}`,
    source: '/2010-04-01/Accounts/AC/Messages/SM.json',
    id: `EZ${'0'.repeat(32)}`,
    datacontenttype: 'application/json',
    time: '2026-10-31T12:59:00.000Z',
    data: { accountSid: account.sid, from: '+14155550101', to: '+15558675310', ...data },
  }
}

function signedJson(body: unknown) {
  const json = JSON.stringify(body)
  const path = `/webhooks/twilio/events?bodySHA256=${createHash('sha256').update(json).digest('hex')}`
  return {
    method: 'POST' as const,
    url: path,
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'x-twilio-signature': getExpectedTwilioSignature(account.token, publicUrl + path, {}),
    },
    body: json,
  }
}

test('B8: Event Streams are taken as the webhooks they repeat, an array or one alone', async ({
  stack,
}) => {
  await using ingress = await runIngress(stack)
  const status = event('message.delivered', {
    messageSid: freshSid(),
    messageStatus: 'DELIVERED',
    statusCallBackUrl: `${publicUrl}/webhooks/twilio/status?delivery=${deliveryId}&attempt=3`,
  })
  const text = event('inbound-message.received', {
    messageSid: freshSid(),
    body: 'Hi',
    numMedia: 0,
  })
  const picture = event('inbound-message.received', { messageSid: freshSid('MM'), numMedia: 1 })
  const foreign = event('inbound-message.received', {
    messageSid: freshSid(),
    accountSid: `AC${'b'.repeat(32)}`,
  })

  const batch = await ingress.http.inject(signedJson([text, picture, foreign, { odd: true }]))
  const single = await ingress.http.inject(signedJson(status))

  expect([batch.statusCode, single.statusCode]).toEqual([204, 204])
  await using jobs = await collectJobs(stack)
  await expect
    .poll(jobs.callbacks)
    .toMatchObject([{ params: { MessageStatus: 'delivered' }, deliveryId, attempt: 3 }])
  await expect
    .poll(jobs.webhooks)
    .toMatchObject([{ params: { MessageSid: text.data['messageSid' as never], Body: 'Hi' } }])
})

test('an event whose body was changed under a good signature is refused', async ({ stack }) => {
  await using ingress = await runIngress(stack)
  const good = signedJson([event('message.sent', { messageSid: freshSid() })])

  const answer = await ingress.http.inject({ ...good, body: good.body.replace('sent', 'read') })

  expect(answer.statusCode).toBe(403)
})
