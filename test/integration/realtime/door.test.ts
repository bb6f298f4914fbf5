import { type IncomingMessage, request } from 'node:http'
import { endSession } from '@partyline/db/queries/sessions'
import { changeUser } from '@partyline/db/queries/users'
import { sessions } from '@partyline/db/schema/users'
import { eq, sql } from 'drizzle-orm'
import { expect } from 'vitest'
import { test } from '../../support/stack.ts'
import { closingOf, cookieOf, openBrowser, publicUrl, runRealtime } from './browser.ts'
import { givenUser, givenUsers } from './given.ts'

/** The status with which a WebSocket handshake is answered. */
async function knock(port: number, headers: Record<string, string>): Promise<number | undefined> {
  const knocking = request({
    port,
    path: '/socket.io/?EIO=4&transport=websocket',
    headers: {
      connection: 'Upgrade',
      upgrade: 'websocket',
      'sec-websocket-version': '13',
      'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
      ...headers,
    },
  }).end()
  const { promise, resolve } = Promise.withResolvers<IncomingMessage>()
  knocking.on('response', resolve).on('upgrade', resolve)
  const { statusCode, socket } = await promise
  socket.destroy()
  return statusCode
}

test('a page of another origin is refused, with a session or without', async ({ stack }) => {
  await using node = await runRealtime(stack)
  const { token } = await givenUser(stack.db, 'Ann')
  const cookie = cookieOf(token)

  expect(await knock(node.port, { origin: publicUrl, cookie })).toBe(101)
  for (const origin of ['http://evil.test', `${publicUrl}.evil.test`, 'null', `${publicUrl}:81`]) {
    expect(await knock(node.port, { origin, cookie })).toBe(403)
  }
  expect(await knock(node.port, { cookie })).toBe(403)
})

test('without a session that is valid now, nobody gets in', async ({ stack }) => {
  const { db } = stack
  await using node = await runRealtime(stack)
  const [ann, bo, cy] = await givenUsers(db, 'Ann', 'Bo', 'Cy')
  await endSession(db, ann.token)
  await changeUser(db, bo.id, { disabled: true })
  await db
    .update(sessions)
    .set({ expiresAt: sql`now()` })
    .where(eq(sessions.userId, cy.id))

  expect(await knock(node.port, { origin: publicUrl })).toBe(401)
  for (const token of ['', 'made-up', ann.token, bo.token, cy.token]) {
    expect(await knock(node.port, { origin: publicUrl, cookie: cookieOf(token) })).toBe(401)
  }
})

test('a socket ends within five seconds of its session, whichever way that ended', async ({
  stack,
}) => {
  const { db } = stack
  await using node = await runRealtime(stack)
  const [ann, bo, cy, di] = await givenUsers(db, 'Ann', 'Bo', 'Cy', 'Di')
  using signedOut = await openBrowser(node.port, ann.token)
  using disabled = await openBrowser(node.port, bo.token)
  using expired = await openBrowser(node.port, cy.token)
  using stays = await openBrowser(node.port, di.token)
  const gone = [signedOut, disabled, expired]
  const reasons = Promise.all(gone.map(closingOf))

  await endSession(db, ann.token)
  await changeUser(db, bo.id, { disabled: true })
  await db
    .update(sessions)
    .set({ expiresAt: sql`now()` })
    .where(eq(sessions.userId, cy.id))
  const since = performance.now()

  expect(await reasons).toEqual(gone.map(() => 'io server disconnect'))
  expect(performance.now() - since).toBeLessThan(5_000)
  expect(stays.socket.connected).toBe(true)
})

test('whoever floods the socket, or sends more than 16 KiB at once, is cut off', async ({
  stack,
}) => {
  await using node = await runRealtime(stack)
  const { token } = await givenUser(stack.db, 'Ann')
  using flooding = await openBrowser(node.port, token)
  using stuffing = await openBrowser(node.port, token)
  const lost = Promise.all([flooding, stuffing].map(closingOf))

  for (let count = 0; count < 200; count++) flooding.socket.emit('unfollow', 'nothing')
  stuffing.socket.emit('unfollow', 'x'.repeat(20_000))

  expect(await lost).toEqual(['io server disconnect', 'transport close'])
})

test('only WebSocket is spoken, and no script is served', async ({ stack }) => {
  await using node = await runRealtime(stack)
  const { token } = await givenUser(stack.db, 'Ann')
  const ask = (path: string) =>
    fetch(`http://127.0.0.1:${node.port}${path}`, {
      headers: { origin: publicUrl, cookie: cookieOf(token) },
    }).then(({ status }) => status)

  expect(await ask('/socket.io/?EIO=4&transport=polling')).toBe(400)
  expect(await ask('/socket.io/socket.io.js')).toBe(400)
  expect(await ask('/healthz')).toBe(200)
  expect(await ask('/readyz')).toBe(200)
})
