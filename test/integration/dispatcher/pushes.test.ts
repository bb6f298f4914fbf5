import { pushEndpoints } from '@partyline/contracts/api/push'
import { sessionEndpoints } from '@partyline/contracts/api/session'
import { claimPushes, settlePush } from '@partyline/db/queries/push-notices'
import { conversations } from '@partyline/db/schema/conversations'
import { pushNotices, pushSubscriptions } from '@partyline/db/schema/push'
import { eq, sql } from 'drizzle-orm'
import { expect } from 'vitest'
import { ana as annie, group } from '../../support/conference.ts'
import { givenDirect, givenLine } from '../../support/given.ts'
import { type PushService, runPushService } from '../../support/push-service.ts'
import { runLine, type RunningLine } from '../../support/run-line.ts'
import type { Stack } from '../../support/stack.ts'
import { textIn } from '../../support/text-in.ts'
import type { Client } from '../api/client.ts'
import { runApi, test as base } from '../api/running-api.ts'

const test = base.extend<{ service: PushService }>({
  service: async ({}, use) => {
    using service = await runPushService()
    await use(service)
  },
})

/** A browser of each of them, which subscribes as browsers do. */
async function subscribe(stack: Stack, service: PushService, clients: Record<string, Client>) {
  await using running = runApi(stack, { pushHosts: [service.origin] })
  await running.api.start()
  for (const [name, client] of Object.entries(clients)) {
    const browser = client.at(running.http)
    await browser.call(pushEndpoints.key)
    await browser.call(pushEndpoints.subscribe, {}, service.subscription(name))
  }
}

function givenPhone({ simulator }: RunningLine) {
  simulator.addNumber({ address: group, name: 'Front desk' })
  simulator.addPhone({ address: annie, name: 'Annie' })
  return (body: string) => simulator.text({ from: annie, to: group, body })
}

test('row 24: a text that comes in is told once to each who may see it, closed to all others, and to nobody who signed out', async ({
  stack,
  service,
  users,
  ana,
  ben,
}) => {
  const { publicKey } = await ana.call(pushEndpoints.key)
  await subscribe(stack, service, { ana, ben })
  const line = await givenLine(stack.db, { address: group })
  const { conversationId } = await givenDirect(stack.db, { lineId: line.id, address: annie })
  const own = eq(conversations.id, conversationId)
  await stack.db.update(conversations).set({ visibility: 'private', ownerId: users.ana }).where(own)
  await using running = await runLine(stack, { pushHosts: [service.origin] })
  const text = givenPhone(running)

  await text('only for Ana 🎉')
  await expect.poll(() => service.heard).toHaveLength(1)
  expect(service.heard[0]).toMatchObject({
    ...{ browser: 'ana', publicKey, topic: conversationId.replaceAll('-', '') },
    notice: {
      ...{ id: conversationId, kind: 'direct', name: '(415) 555-0101' },
      lastMessage: { direction: 'inbound', preview: 'only for Ana 🎉' },
    },
  })

  await stack.db.update(conversations).set({ visibility: 'shared', ownerId: null }).where(own)
  await text(`for both ${'x'.repeat(1_000)}`)
  await expect.poll(() => service.heard).toHaveLength(3)
  expect(
    service.heard
      .slice(1)
      .map(({ browser }) => browser)
      .toSorted(),
  ).toEqual(['ana', 'ben'])
  expect(service.heard[1]?.notice.lastMessage?.preview).toHaveLength(120)

  await ben.call(sessionEndpoints.remove)
  await text('for who is left')
  await expect.poll(() => service.heard).toHaveLength(4)
  expect(service.heard[3]?.browser).toBe('ana')
  await expect.poll(() => stack.db.$count(pushNotices)).toBe(0)
  expect(service.heard).toHaveLength(4)
})

test('a push service that is busy is asked again, for the newest text; a browser that is gone is forgotten', async ({
  stack,
  service,
  ana,
}) => {
  await subscribe(stack, service, { ana })
  await givenLine(stack.db, { address: group })
  service.answers.push(503)
  await using running = await runLine(stack, { pushHosts: [service.origin] })
  const text = givenPhone(running)

  await text('first')
  // A pause, and no more the lease of whoever is at it.
  const paused = sql`tries = 1 and due_at < now() + interval '10 seconds'`
  await expect.poll(() => stack.db.$count(pushNotices, paused)).toBe(1)
  expect(service.answers).toEqual([])
  // It is not over before the second text is noted.
  await stack.db.update(pushNotices).set({ dueAt: sql`now() + interval '1 hour'` })
  await text('second')
  const second = sql`message_id = (select id from messages where body = 'second')`
  await expect.poll(() => stack.db.$count(pushNotices, second)).toBe(1)
  await stack.db.update(pushNotices).set({ dueAt: sql`now()` })
  await expect
    .poll(() => service.heard)
    .toMatchObject([{ notice: { lastMessage: { preview: 'second' } } }])

  service.answers.push(410)
  await text('third')
  await expect.poll(() => stack.db.$count(pushSubscriptions)).toBe(0)
  expect(service.heard).toHaveLength(1)
})

test('one of two dispatchers tells; what one that died was at is told by another, and a newer text after it', async ({
  stack,
  service,
  ana,
}) => {
  await subscribe(stack, service, { ana })
  const { dispatcher } = stack.dbs
  await givenLine(stack.db, { address: group })
  expect(await textIn(dispatcher, { From: annie, To: group })).toMatchObject({ pushes: true })

  const claims = await Promise.all([claimPushes(dispatcher, 9), claimPushes(dispatcher, 9)])
  const [claim] = claims.flat()
  expect(claims.flat()).toHaveLength(1)
  // Its lease is over.
  await stack.db.update(pushNotices).set({ dueAt: sql`now()` })
  expect(await claimPushes(dispatcher, 9)).toMatchObject([
    { messageId: claim?.messageId, tries: 2 },
  ])

  await textIn(dispatcher, { From: annie, To: group, Body: 'newer' })
  expect(await claimPushes(dispatcher, 9)).toEqual([])
  if (claim) await settlePush(dispatcher, claim)
  expect(await claimPushes(dispatcher, 9)).toMatchObject([{ preview: 'newer', tries: 1 }])
})

test('where no browser is to be told nothing is noted, nor of what came long ago', async ({
  stack,
  service,
  ana,
}) => {
  await givenLine(stack.db, { address: group })
  expect(await textIn(stack.db, { From: annie, To: group })).toMatchObject({ pushes: false })

  await subscribe(stack, service, { ana })
  const at = new Date(Date.now() - 2 * 3_600_000)
  const late = await textIn(stack.db, { From: annie, To: group }, { at })
  expect(late).toMatchObject({ pushes: false })
  expect(await stack.db.$count(pushNotices)).toBe(0)
})
