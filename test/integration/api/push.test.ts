import { pushEndpoints } from '@partyline/contracts/api/push'
import { sessionEndpoints, tokenEndpoints } from '@partyline/contracts/api/session'
import { subscribePush } from '@partyline/db/queries/push-subscriptions'
import { createSession, endSessionsOf } from '@partyline/db/queries/sessions'
import { pushSubscriptions } from '@partyline/db/schema/push'
import { sessions } from '@partyline/db/schema/users'
import { sql } from 'drizzle-orm'
import { expect } from 'vitest'
import { runPushService } from '../../support/push-service.ts'
import { Client } from './client.ts'
import { test } from './running-api.ts'

const endpoint = (name: string) => `https://fcm.googleapis.com/fcm/send/${name}`
using service = await runPushService()
const { keys } = service.subscription('any')

test('the key of push is one, however many ask first', async ({ ana, ben }) => {
  const asked = await Promise.all([ana, ben, ana, ben].map((one) => one.call(pushEndpoints.key)))

  expect(new Set(asked.map(({ publicKey }) => publicKey)).size).toBe(1)
  expect(Buffer.from(asked[0]?.publicKey ?? '', 'base64url')).toHaveLength(65)
})

test('row 24: a browser subscribes once for its session, is whose who signed in last, and ends with the session', async ({
  stack,
  users,
  ana,
  ben,
}) => {
  const rows = () => stack.db.select().from(pushSubscriptions)
  const subscribe = (client: Client, name: string) =>
    client.call(pushEndpoints.subscribe, {}, { endpoint: endpoint(name), keys })

  await subscribe(ana, 'old')
  await subscribe(ana, 'new')
  expect(await rows()).toMatchObject([{ userId: users.ana, endpoint: endpoint('new') }])
  await subscribe(ben, 'new')
  expect(await rows()).toMatchObject([{ userId: users.ben }])
  await subscribe(ana, 'her phone')
  await ben.call(pushEndpoints.unsubscribe)
  expect(await rows()).toMatchObject([{ userId: users.ana }])

  await endSessionsOf(stack.db, users.ana)
  expect(await rows()).toEqual([])
})

test('no address but that of a push service is taken, no key that is none, and none from a script', async ({
  stack,
  http,
  ana,
}) => {
  const given = (change: object) =>
    ana.try(pushEndpoints.subscribe, {}, { endpoint: endpoint('a'), keys, ...change })
  for (const hostile of [
    'http://fcm.googleapis.com/fcm/send/a',
    'https://fcm.googleapis.com:8443/a',
    'https://me@fcm.googleapis.com/a',
    'https://localhost/a',
    'https://127.0.0.1/a',
    'https://evil.example/a',
    service.origin,
  ]) {
    expect((await given({ endpoint: hostile })).code, hostile).toBe('invalid_request')
  }
  const off = { p256dh: `B${'A'.repeat(85)}Q`, auth: keys.auth }
  expect((await given({ keys: off })).code).toBe('invalid_request')

  const { token } = await ana.call(tokenEndpoints.create, {}, { name: 'script' })
  const script = await new Client(http).ask(
    'POST',
    pushEndpoints.subscribe.path,
    { endpoint: endpoint('a'), keys },
    { authorization: `Bearer ${token}` },
  )
  expect(script.code).toBe('not_allowed')
  expect(await stack.db.$count(pushSubscriptions)).toBe(0)
})

test('of somebody with more browsers than anybody has the oldest gives way', async ({
  stack: { db },
  users: { ana: userId },
}) => {
  for (let index = 0; index < 11; index += 1) {
    const { sessionId } = await createSession(db, { userId, userAgent: '' })
    await subscribePush(db, { userId, sessionId, endpoint: endpoint(`${index}`), keys })
  }

  const kept = await db.select().from(pushSubscriptions)
  expect(kept).toHaveLength(10)
  expect(kept.map((row) => row.endpoint)).not.toContain(endpoint('0'))
})

test('a browser that was left alone overnight is still told, and can be signed out from elsewhere', async ({
  stack: { db },
  users: { ana: userId },
  ana,
}) => {
  const { sessionId } = await createSession(db, { userId, userAgent: 'Her phone' })
  await subscribePush(db, { userId, sessionId, endpoint: endpoint('phone'), keys })
  await db.update(sessions).set({ lastSeenAt: sql`now() - interval '13 hours'` })
  await createSession(db, { userId, userAgent: 'Somewhere else' })
  expect(await db.$count(pushSubscriptions)).toBe(1)

  await ana.signIn('ana@example.com')
  const { items } = await ana.call(sessionEndpoints.list)
  expect(items.map(({ userAgent }) => userAgent)).toContain('Her phone')
  await ana.call(sessionEndpoints.revoke, { id: sessionId })
  expect(await db.$count(pushSubscriptions)).toBe(0)
})
