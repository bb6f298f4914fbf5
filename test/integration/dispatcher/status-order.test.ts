import { twilioStatuses, twilioStatusRank } from '@partyline/contracts/delivery-status'
import { applyStatusEvents } from '@partyline/db/queries/apply-statuses'
import { recordResults } from '@partyline/db/queries/record-results'
import { insertStatusEvents } from '@partyline/db/queries/status-events'
import { messages } from '@partyline/db/schema/messages'
import fc from 'fast-check'
import { expect } from 'vitest'
import { test } from '../../support/stack.ts'
import { freshSid } from '../../support/webhook.ts'
import { accepted } from './accepted.ts'
import { callback, deliveryOf, givenClaimed } from './claimed-text.ts'

test('whatever the order and number of callbacks, the highest-ranked status is shown', async ({
  stack: { db },
}) => {
  const statuses = fc.array(fc.constantFrom(...twilioStatuses), { minLength: 1, maxLength: 8 })
  await fc.assert(
    fc.asyncProperty(statuses, async (given) => {
      const claim = await givenClaimed(db)
      const sid = freshSid()

      for (const status of given) await callback(db, claim, sid, status)

      const { status, statusRank } = await deliveryOf(db, claim)
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

      const delivery = await deliveryOf(db, claim)
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

  expect(await deliveryOf(db, claim)).toMatchObject({ status: 'delivered' })
  expect(await db.select().from(messages)).toMatchObject([
    { totalCount: 1, queuedCount: 0, deliveredCount: 1 },
  ])
})
