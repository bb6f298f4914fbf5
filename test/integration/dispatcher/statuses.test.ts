import { deliveryStates, deliveryStatusOf, bucketOf } from '@partyline/contracts/delivery-status'
import { twilioStatuses, twilioStatusRank } from '@partyline/contracts/delivery-status'
import type { Db } from '@partyline/db/client'
import { claimDeliveries } from '@partyline/db/queries/claim-deliveries'
import { postMessage } from '@partyline/db/queries/post-message'
import { recordResults } from '@partyline/db/queries/record-results'
import { retryDelivery } from '@partyline/db/queries/retry-delivery'
import { applyStatusEvents } from '@partyline/db/queries/apply-statuses'
import { insertStatusEvents } from '@partyline/db/queries/status-events'
import { deliveries } from '@partyline/db/schema/deliveries'
import { messages } from '@partyline/db/schema/messages'
import { users } from '@partyline/db/schema/users'
import { eq, sql } from 'drizzle-orm'
import fc from 'fast-check'
import { expect } from 'vitest'
import { givenDirect, givenLine } from '../../support/given.ts'
import { test } from '../../support/stack.ts'
import { freshSid } from '../../support/webhook.ts'

async function givenClaimed(db: Db) {
  const address = `+1555${Math.floor(Math.random() * 1e7)
    .toString()
    .padStart(7, '0')}`
  const line = await givenLine(db, { address })
  const direct = await givenDirect(db, { lineId: line.id, address: '+14155550101' })
  await db.transaction((tx) =>
    postMessage(tx, {
      conversationId: direct.conversationId,
      kind: 'text',
      direction: 'outbound',
      author: { kind: 'system', id: null, name: 'Admin', address: null },
      body: 'Hi',
    }),
  )
  const { claims } = await claimDeliveries(db, {
    ...{ lineId: line.id, limit: 1, segments: 10, leaseMs: 45_000 },
  })
  const [claim] = claims
  if (!claim) throw new Error('nothing was claimed')
  return { ...claim, lineId: line.id }
}

async function callback(
  db: Db,
  claim: { id: string; attempt: number } | null,
  sid: string,
  status: string,
  errorCode?: string,
) {
  const sids = await insertStatusEvents(db, [
    {
      params: {
        MessageSid: sid,
        MessageStatus: status,
        ...(errorCode && { ErrorCode: errorCode }),
      },
      receivedAt: new Date().toISOString(),
      deliveryId: claim?.id ?? null,
      attempt: claim?.attempt ?? null,
    },
  ])
  return applyStatusEvents(db, sids)
}

const only = async (db: Db) => {
  const [delivery] = await db.select().from(deliveries)
  if (!delivery) throw new Error('no delivery')
  return delivery
}
const byId = async (db: Db, id: string) => {
  const [delivery] = await db.select().from(deliveries).where(eq(deliveries.id, id))
  if (!delivery) throw new Error('no delivery')
  return delivery
}
const accepted = (claim: { id: string; attempt: number }, sid: string) => ({
  ...{ id: claim.id, attempt: claim.attempt, state: 'accepted' as const, twilioSid: sid },
  ...{ status: 'queued' as const, errorCode: null },
})

test('a callback that is faster than Twilio’s answer settles the delivery, and the answer changes nothing', async ({
  stack: { db },
}) => {
  const claim = await givenClaimed(db)
  const sid = freshSid()

  await callback(db, claim, sid, 'sent')
  await recordResults(db, [accepted(claim, sid)])

  expect(await only(db)).toMatchObject({ state: 'accepted', status: 'sent', twilioSid: sid })
})

test('a callback finds the text of an answer that never came', async ({ stack: { db } }) => {
  const claim = await givenClaimed(db)
  await recordResults(db, [{ ...claim, state: 'unknown', lookInMs: 5_000 }])
  const sid = freshSid()

  const { lineIds } = await callback(db, claim, sid, 'delivered')

  expect(lineIds).toEqual([claim.lineId])
  expect(await only(db)).toMatchObject({ state: 'accepted', status: 'delivered', twilioSid: sid })
})

test('a callback of an earlier attempt is not taken for the present one', async ({
  stack: { db },
}) => {
  const claim = await givenClaimed(db)
  await db.update(deliveries).set({ attempt: 2, state: 'queued' })

  await callback(db, claim, freshSid(), 'failed', '30008')

  expect(await only(db)).toMatchObject({ state: 'queued', twilioSid: null })
})

test('a late callback of a failed try does not take the place of the retry', async ({
  stack: { db },
}) => {
  const claim = await givenClaimed(db)
  const sid = freshSid()
  await callback(db, claim, sid, 'undelivered', '30003')
  const [user] = await db
    .insert(users)
    .values({ email: 'a@example.com', name: 'A', role: 'admin', passwordHash: '-' })
    .returning()
  await retryDelivery(db, { id: claim.id, viewerId: user?.id ?? '' })

  await callback(db, claim, sid, 'sent')

  expect(await only(db)).toMatchObject({ state: 'queued', twilioSid: null, errorCode: null })
})

test('the reason of a failure is kept', async ({ stack: { db } }) => {
  const claim = await givenClaimed(db)

  await callback(db, claim, freshSid(), 'undelivered', '30003')

  expect(await only(db)).toMatchObject({ status: 'undelivered', errorCode: 30003 })
})

test('B37: a callback of a text we know nothing of is reported, and ours is not touched', async ({
  stack: { db },
}) => {
  await givenClaimed(db)
  const sid = freshSid()

  const { foreignSids } = await callback(db, null, sid, 'sent')

  expect(foreignSids).toEqual([sid])
  expect(await only(db)).toMatchObject({ state: 'sending', twilioSid: null })
})

test('whatever the order and number of callbacks, the highest-ranked status is shown', async ({
  stack: { db },
}) => {
  const statuses = fc.array(fc.constantFrom(...twilioStatuses), { minLength: 1, maxLength: 8 })
  await fc.assert(
    fc.asyncProperty(statuses, async (given) => {
      const claim = await givenClaimed(db)
      const sid = freshSid()

      for (const status of given) await callback(db, claim, sid, status)

      const { status, statusRank } = await byId(db, claim.id)
      const highest = Math.max(...given.map((each) => twilioStatusRank[each]))
      expect(statusRank).toBe(highest)
      expect(given).toContain(status)
    }),
    { numRuns: 40 },
  )
})

test('callbacks that are applied side by side, with Twilio’s answer among them, end at the highest rank', async ({
  stack: { db },
}) => {
  const statuses = fc.array(fc.constantFrom(...twilioStatuses), { minLength: 2, maxLength: 6 })
  await fc.assert(
    fc.asyncProperty(statuses, fc.nat(6), async (given, answerAt) => {
      const claim = await givenClaimed(db)
      const sid = freshSid()
      const steps: (() => Promise<unknown>)[] = given.map(
        (status) => async () => callback(db, claim, sid, status),
      )
      steps.splice(answerAt, 0, async () => recordResults(db, [accepted(claim, sid)]))

      await Promise.all(steps.map(async (step) => step()))

      const delivery = await byId(db, claim.id)
      const highest = Math.max(...given.map((each) => twilioStatusRank[each]))
      expect(delivery).toMatchObject({ state: 'accepted', twilioSid: sid })
      // The answer says "queued", which counts when nothing came before it.
      expect([highest, Math.max(highest, twilioStatusRank.queued)]).toContain(delivery.statusRank)
    }),
    { numRuns: 15 },
  )
})

test('callbacks of one envelope are applied together, one winner a text', async ({
  stack: { db },
}) => {
  const claim = await givenClaimed(db)
  const sid = freshSid()
  const events = ['delivered', 'sent', 'queued', 'delivered'].map((status) => ({
    params: { MessageSid: sid, MessageStatus: status },
    receivedAt: new Date().toISOString(),
    deliveryId: claim.id,
    attempt: claim.attempt,
  }))

  await applyStatusEvents(db, await insertStatusEvents(db, events))

  expect(await only(db)).toMatchObject({ status: 'delivered' })
  expect(await db.select().from(messages)).toMatchObject([
    { totalCount: 1, queuedCount: 0, deliveredCount: 1 },
  ])
})

test('the database counts a delivery as the contract does', async ({ stack: { db } }) => {
  for (const state of deliveryStates) {
    for (const status of [null, ...twilioStatuses]) {
      const [row] = await db.execute<{ bucket: string }>(
        sql`select delivery_bucket(${state}::delivery_state, ${status}) as bucket`,
      )
      expect(row?.bucket, `${state} ${status}`).toBe(bucketOf[deliveryStatusOf(state, status)])
    }
  }
})
