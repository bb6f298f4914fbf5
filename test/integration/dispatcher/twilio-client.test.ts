import { createTwilio } from '@partyline/dispatcher/twilio/client'
import { expect } from 'vitest'
import { runLine } from '../../support/run-line.ts'
import { test } from '../../support/stack.ts'
import { account } from '../../support/webhook.ts'

const text = {
  from: '+15558675310',
  to: '+14155550101',
  body: 'Hi',
  mediaUrls: [],
  statusCallback: 'https://hub.example.com/webhooks/twilio/status?delivery=1&attempt=1',
}
const credentials = {
  accountSid: account.sid,
  username: account.sid,
  password: account.token,
}

test('each answer of Twilio is one of four outcomes, by itself', async ({ stack }) => {
  await using line = await runLine(stack, { dispatchers: 0 })
  line.simulator.addNumber({ address: text.from, name: 'Office' })
  const twilio = createTwilio({ ...credentials, apiUrl: line.simulator.apiUrl }, 5_000)

  const good = await twilio.send(text)
  expect(good).toMatchObject({ outcome: 'accepted', status: 'queued', errorCode: null })
  expect(await twilio.send({ ...text, to: '+15005550001' })).toMatchObject({
    outcome: 'refused',
    errorCode: 21211,
  })
  expect(await twilio.send({ ...text, from: '+15550001111' })).toMatchObject({ outcome: 'refused' })
  line.simulator.misbehave({ script: ['tooManyRequests', 'failBefore', 'resetBefore'] })
  expect(await twilio.send(text)).toEqual({ outcome: 'busy', errorCode: 20429 })
  expect(await twilio.send(text)).toMatchObject({ outcome: 'unclear' })
  expect(await twilio.send(text)).toMatchObject({ outcome: 'unclear' })

  if (good.outcome !== 'accepted') throw new Error('not accepted')
  expect(await twilio.fetchMessage(good.sid)).toMatchObject({ sid: good.sid, body: 'Hi' })
  expect(await twilio.fetchMessage(`SM${'0'.repeat(32)}`)).toBeUndefined()
  await twilio.close()
})

test('a text is found in Twilio’s list however many went to the same person after it', async ({
  stack,
}) => {
  await using line = await runLine(stack, { dispatchers: 0 })
  line.simulator.addNumber({ address: text.from, name: 'Office' })
  const twilio = createTwilio({ ...credentials, apiUrl: line.simulator.apiUrl }, 5_000)
  const since = new Date(Date.now() - 60_000)

  const lost = await twilio.send({ ...text, body: 'lost' })
  for (let sent = 0; sent < 450; sent += 50) {
    await Promise.all(Array.from({ length: 50 }, async () => twilio.send(text)))
  }
  const listed = await twilio.listSent({ from: text.from, to: text.to, since })

  expect(listed).toHaveLength(451)
  expect(listed?.at(-1)).toMatchObject({
    sid: lost.outcome === 'accepted' && lost.sid,
    body: 'lost',
  })
  await twilio.close()
})

test('a Twilio that cannot be reached is certainly not sent to, and no error names the token', async () => {
  const twilio = createTwilio({ ...credentials, apiUrl: 'http://127.0.0.1:1' }, 5_000)

  expect(await twilio.send(text)).toEqual({ outcome: 'busy', errorCode: null })
  const failure = await twilio.fetchMessage(`SM${'0'.repeat(32)}`).catch((error: unknown) => error)

  expect(failure).toBeInstanceOf(Error)
  const seen = JSON.stringify(failure, Object.getOwnPropertyNames(failure))
  expect(seen).not.toContain(account.token)
  expect(seen).not.toContain(Buffer.from(`${account.sid}:${account.token}`).toString('base64'))
  await twilio.close()
})
