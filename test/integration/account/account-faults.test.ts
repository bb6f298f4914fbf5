import { accountEndpoints } from '@partyline/contracts/api/account'
import { lineEndpoints } from '@partyline/contracts/api/lines'
import { claimLook } from '@partyline/db/queries/account-looks'
import { claimConnecting, finishTry } from '@partyline/db/queries/connecting'
import { watchWebhooks } from '@partyline/dispatcher/metrics/watch-webhooks'
import { createMetrics } from '@partyline/kit/metrics'
import { sql } from 'drizzle-orm'
import { expect } from 'vitest'
import { test } from '../../support/stack.ts'
import { publicUrl } from '../../support/webhook.ts'
import { askTwilio, door, numberPath, office, runAccount } from './connected.ts'

test('credentials that Twilio does not accept are told, and asking again mends it', async ({
  stack,
}) => {
  await using account = await runAccount(stack)
  const { admin, line } = account
  line.simulator.addNumber({ address: office, name: 'Office', smsUrl: '' })
  line.simulator.misbehave({ accountScript: ['unauthorized'] })
  await account.look()
  expect(await admin.call(accountEndpoints.get)).toMatchObject({
    lookedAt: null,
    problem: expect.stringContaining('an API key must be allowed') as string,
  })

  await account.look()
  expect(await admin.call(accountEndpoints.get)).toMatchObject({ problem: null })
  line.simulator.misbehave({ accountScript: ['none', 'unauthorized'] })
  await account.connect()
  await expect.poll(async () => (await account.number()).state).toBe('refused')
  expect((await account.number()).connectProblem).toContain('does not accept the credentials')

  await account.connect()
  await expect.poll(() => account.atTwilio().smsUrl).toContain(door)
})

test.for(['tooManyRequests', 'failBefore', 'resetBefore'] as const)(
  'after %s connecting goes on by itself, and says why it waits',
  async (fault, { stack }) => {
    await using account = await runAccount(stack)
    account.line.simulator.addNumber({ address: office, name: 'Office', smsUrl: '' })
    await account.look()
    account.line.simulator.misbehave({ accountScript: ['none', fault] })

    await account.connect()
    await expect
      .poll(async () => (await account.number()).connectProblem)
      .toContain('tries again by itself')
    expect(await account.number()).toMatchObject({ state: 'connecting' })

    // Half a minute later.
    await stack.db.execute(sql`update account_numbers set try_at = now()`)
    await stack.producer.enqueue('account.look', {})
    await expect.poll(() => account.atTwilio().smsUrl).toContain(door)
    await expect.poll(async () => (await account.number()).state).toBe('idle')
  },
)

test('what a dispatcher that died had claimed is done by another, and its late result does not count', async ({
  stack,
}) => {
  await using account = await runAccount(stack, { dispatchers: 0 })
  const { admin, line } = account
  line.simulator.addNumber({ address: office, name: 'Office', smsUrl: '' })
  await admin.call(accountEndpoints.look)
  expect(await admin.call(accountEndpoints.get)).toMatchObject({ looking: true, problem: null })
  await stack.db.execute(sql`update account_looks set wanted_at = now() - interval '16 seconds'`)
  expect(await admin.call(accountEndpoints.get)).toMatchObject({
    looking: false,
    problem: expect.stringContaining('No dispatcher') as string,
  })
  await claimLook(stack.db, { atOnce: false })
  await stack.db.execute(sql`update account_looks set lease_until = now()`)
  await using first = await line.dispatch()
  await expect.poll(async () => (await admin.call(accountEndpoints.numbers)).items).toHaveLength(1)
  await first[Symbol.asyncDispose]()
  await account.connect()
  const died = await claimConnecting(stack.db)
  expect(await claimConnecting(stack.db)).toBeUndefined()

  await stack.db.execute(sql`update account_numbers set try_at = now()`)
  await using living = await line.dispatch()

  await expect.poll(() => account.atTwilio().smsUrl, { timeout: 15_000 }).toContain(door)
  await expect.poll(async () => (await account.number()).state).toBe('idle')
  expect((await living.http.inject('/readyz')).statusCode).toBe(200)
  const late = { outcome: 'refused', problem: 'late' } as const
  expect(died && (await finishTry(stack.db, died, late))).toBe(false)
  expect(await account.number()).toMatchObject({ state: 'idle', connectProblem: null })
})

test('a line whose webhook was changed, or whose number is gone, is told until it is mended', async ({
  stack,
}) => {
  await using account = await runAccount(stack)
  const { admin, line } = account
  const { sid } = line.simulator.addNumber({ address: office, name: 'Office' })
  const body = { address: office, name: 'Office', mode: 'inbox' }
  await admin.call(lineEndpoints.create, {}, body)
  expect(await account.unreached()).toEqual([])
  await account.look()
  expect(await account.unreached()).toEqual([])

  await askTwilio(line, numberPath(sid), { SmsUrl: 'https://shop.example.com/sms' })
  await account.look()
  expect(await account.unreached()).toEqual([
    'Its webhook points at https://shop.example.com/sms, not at Partyline.',
  ])
  const metrics = createMetrics('test')
  watchWebhooks(metrics, { db: stack.dbs.dispatcher, config: { publicUrl } })
  expect((await metrics.scrape()).text).toContain('partyline_lines_with_wrong_webhooks 1')

  await account.connect(office, { replaces: 'https://shop.example.com/sms' })
  await expect.poll(() => account.unreached()).toEqual([])
  await askTwilio(line, numberPath(sid), 'delete')
  await account.look()
  expect(await account.unreached()).toEqual(['The Twilio account has no such number.'])
  expect(await admin.try(accountEndpoints.connect, { sid }, {})).toMatchObject({ status: 404 })
})

test('where a Messaging Service answers for a number, the service is what is set', async ({
  stack,
}) => {
  await using account = await runAccount(stack)
  const { line } = account
  const number = line.simulator.addNumber({ address: office, name: 'Office' })
  const service = await askTwilio(line, '/v1/Services', {
    FriendlyName: 'Pool',
    InboundRequestUrl: 'https://shop.example.com/sms',
  })
  await askTwilio(line, `/v1/Services/${service.sid}/PhoneNumbers`, { PhoneNumberSid: number.sid })
  await account.look()
  expect(await account.number()).toMatchObject({
    answeredBy: { sid: service.sid, name: 'Pool' },
    takenBy: 'https://shop.example.com/sms',
  })

  await account.connect(office, { replaces: 'https://shop.example.com/sms' })

  await expect.poll(async () => (await account.number()).problems).toEqual([])
  expect((await account.look()).map(({ problems }) => problems)).toEqual([[], []])
  expect(account.atTwilio().smsUrl).toBe(number.sms_url)
})
