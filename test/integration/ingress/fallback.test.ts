import { createDb, connectPostgres } from '@partyline/db/client'
import { listWaitingInbox } from '@partyline/db/queries/inbox'
import { listWaitingStatuses } from '@partyline/db/queries/status-events'
import { createProducer } from '@partyline/kit/jobs'
import { connectRedis } from '@partyline/kit/redis'
import { sql } from 'drizzle-orm'
import { expect } from 'vitest'
import { runIngress } from '../../support/run-ingress.ts'
import { silentServer } from '../../support/silent-server.ts'
import { type Stack, test } from '../../support/stack.ts'
import { account, freshSid, signedForm, textParams } from '../../support/webhook.ts'

const path = '/webhooks/twilio/messages'

/** A producer whose Redis is at this port, where there is none. */
function producerAt(port: number, stack: Stack) {
  const redis = connectRedis(
    { url: `redis://127.0.0.1:${port}`, prefix: stack.prefix },
    'producer',
    stack.log,
  )
  return {
    redis,
    producer: createProducer(redis, stack.prefix, stack.log),
    [Symbol.dispose]: () => redis.disconnect(),
  }
}

test('while Redis is down a text is kept in Postgres and answered 2xx', async ({ stack }) => {
  using down = producerAt(1, stack)
  await using ingress = await runIngress(stack, down)
  const params = textParams({ Body: 'kept' })

  const first = await ingress.http.inject(signedForm(path, params))
  const repeated = await ingress.http.inject(signedForm(path, params))

  expect([first.statusCode, repeated.statusCode]).toEqual([200, 200])
  const waiting = await listWaitingInbox(stack.db, 10)
  expect(waiting.map(({ messageSid }) => messageSid)).toEqual([params['MessageSid']])
  const [row] = await stack.db.execute<{ params: object; source: string }>(
    sql`select params, source from inbox`,
  )
  expect(row).toEqual({ params, source: 'fallback' })
})

test('while Redis hangs a text is kept in Postgres within two seconds', async ({ stack }) => {
  using silent = await silentServer()
  using hung = producerAt(silent.port, stack)
  await using ingress = await runIngress(stack, hung)
  const began = performance.now()

  const answer = await ingress.http.inject(signedForm(path, textParams()))

  expect(answer.statusCode).toBe(200)
  expect(performance.now() - began).toBeLessThan(2_000)
  expect(await listWaitingInbox(stack.db, 10)).toHaveLength(1)
})

test('while Redis is down a status callback is kept in Postgres', async ({ stack }) => {
  using down = producerAt(1, stack)
  await using ingress = await runIngress(stack, down)
  const params = {
    MessageSid: freshSid(),
    MessageStatus: 'failed',
    ErrorCode: '30003',
    AccountSid: account.sid,
  }

  const answer = await ingress.http.inject(signedForm('/webhooks/twilio/status', params))

  expect(answer.statusCode).toBe(204)
  await stack.db.execute(sql`update status_events set received_at = now() - interval '1 minute'`)
  expect(await listWaitingStatuses(stack.db, 10)).toEqual([params.MessageSid])
})

test('while Postgres is down Redis alone keeps the promise', async ({ stack }) => {
  const sqlDown = connectPostgres('postgres://127.0.0.1:1/none', { name: 'test' })
  await using ingress = await runIngress(stack, { db: createDb(sqlDown) })

  const answer = await ingress.http.inject(signedForm(path, textParams()))

  expect(answer.statusCode).toBe(200)
  await sqlDown.end({ timeout: 1 })
})

test('with both gone the answer is 503 in under two seconds, so that Twilio tries again', async ({
  stack,
}) => {
  using silent = await silentServer()
  using hung = producerAt(silent.port, stack)
  const sqlHung = connectPostgres(`postgres://127.0.0.1:${silent.port}/none`, { name: 'test' })
  await using ingress = await runIngress(stack, { ...hung, db: createDb(sqlHung) })
  const began = performance.now()

  const answer = await ingress.http.inject(signedForm(path, textParams()))

  expect(answer.statusCode).toBe(503)
  expect(answer.json<{ error: { code: string } }>().error.code).toBe('unavailable')
  expect(performance.now() - began).toBeLessThan(2_000)
  await sqlHung.end({ timeout: 0 })
})
