import { recordResults } from '@partyline/db/queries/record-results'
import { retryDelivery } from '@partyline/db/queries/retry-delivery'
import { deliveries } from '@partyline/db/schema/deliveries'
import { unreachableAddresses } from '@partyline/db/schema/unreachable'
import { users } from '@partyline/db/schema/users'
import { eq } from 'drizzle-orm'
import { expect } from 'vitest'
import { test } from '../../support/stack.ts'
import { freshSid } from '../../support/webhook.ts'
import { accepted } from './accepted.ts'
import { callback, deliveryOf, givenClaimed } from './claimed-text.ts'

test('a callback that is faster than Twilio’s answer settles the delivery, and the answer changes nothing', async ({
  stack: { db },
}) => {
  const claim = await givenClaimed(db)
  const sid = freshSid()

  await callback(db, claim, sid, 'sent')
  await recordResults(db, [accepted(claim, sid)])

  expect(await deliveryOf(db, claim)).toMatchObject({
    state: 'accepted',
    status: 'sent',
    twilioSid: sid,
  })
})

test('a callback finds the text of an answer that never came', async ({ stack: { db } }) => {
  const claim = await givenClaimed(db)
  await recordResults(db, [{ ...claim, state: 'unknown', lookInMs: 5_000 }])
  const sid = freshSid()

  const { lineIds } = await callback(db, claim, sid, 'delivered')

  expect(lineIds).toEqual([claim.lineId])
  expect(await deliveryOf(db, claim)).toMatchObject({
    state: 'accepted',
    status: 'delivered',
    twilioSid: sid,
  })
})

test('a callback of an earlier attempt is not taken for the present one', async ({
  stack: { db },
}) => {
  const claim = await givenClaimed(db)
  await db.update(deliveries).set({ attempt: 2, state: 'queued' })

  await callback(db, claim, freshSid(), 'failed', '30008')

  expect(await deliveryOf(db, claim)).toMatchObject({ state: 'queued', twilioSid: null })
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

  expect(await deliveryOf(db, claim)).toMatchObject({
    state: 'queued',
    twilioSid: null,
    errorCode: null,
  })
})

test('the reason of a failure is kept', async ({ stack: { db } }) => {
  const claim = await givenClaimed(db)

  await callback(db, claim, freshSid(), 'undelivered', '30003')

  expect(await deliveryOf(db, claim)).toMatchObject({ status: 'undelivered', errorCode: 30003 })
})

test('a callback that comes late tells of no second failure, and of no second arrival', async ({
  stack: { db },
}) => {
  const [failed, arrived] = [await givenClaimed(db), await givenClaimed(db)]
  const [failedSid, arrivedSid] = [freshSid(), freshSid()]
  const { failures } = await callback(db, failed, failedSid, 'undelivered', '30006')
  const { id, lineId } = failed
  expect(failures).toEqual([{ id, lineId, errorCode: 30006 }])
  const { arrivedOn } = await callback(db, arrived, arrivedSid, 'delivered')
  expect(arrivedOn).toEqual([arrived.lineId])
  await db.insert(unreachableAddresses).values({ address: arrived.to, errorCode: 30006 })

  const late = [
    await callback(db, failed, failedSid, 'sent'),
    await callback(db, arrived, arrivedSid, 'sent'),
  ]

  expect(late).toMatchObject([
    { failures: [], arrivedOn: [], reachable: [] },
    { failures: [], arrivedOn: [], reachable: [] },
  ])
})

test('B37: a callback of a text we know nothing of is reported, and ours is not touched', async ({
  stack: { db },
}) => {
  const claim = await givenClaimed(db)
  const sid = freshSid()

  const { foreignSids } = await callback(db, null, sid, 'sent')

  expect(foreignSids).toEqual([sid])
  expect(await deliveryOf(db, claim)).toMatchObject({ state: 'sending', twilioSid: null })
})

test('a callback that claims another delivery’s text, one of two alike, changes neither and fails nothing', async ({
  stack: { db },
}) => {
  const [holder, other, third] = [
    await givenClaimed(db),
    await givenClaimed(db),
    await givenClaimed(db),
  ]
  const sid = freshSid()
  await recordResults(db, [accepted(holder, sid)])
  await recordResults(db, [{ ...other, state: 'unknown', lookInMs: 5_000 }])

  await callback(db, other, sid, 'delivered')
  await callback(db, third, freshSid(), 'sent')

  expect(await deliveryOf(db, holder)).toMatchObject({ twilioSid: sid, status: 'queued' })
  expect(await deliveryOf(db, other)).toMatchObject({ state: 'unknown', twilioSid: null })
  expect(await deliveryOf(db, third)).toMatchObject({ status: 'sent' })
  // The holder was sent again meanwhile: its first text is still no other's.
  await db.update(deliveries).set({ twilioSid: null }).where(eq(deliveries.id, holder.id))
  await callback(db, other, sid, 'read')
  expect(await deliveryOf(db, other)).toMatchObject({ state: 'unknown', twilioSid: null })
})
