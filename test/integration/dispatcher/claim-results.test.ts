import { claimDeliveries } from '@partyline/db/queries/claim-deliveries'
import { expireClaims, recordResults } from '@partyline/db/queries/record-results'
import { requeueUnknown, setReview } from '@partyline/db/queries/settle-unknown'
import { deliveries } from '@partyline/db/schema/deliveries'
import { events } from '@partyline/db/schema/feed'
import { messages } from '@partyline/db/schema/messages'
import { eq, sql } from 'drizzle-orm'
import { expect } from 'vitest'
import { givenConference } from '../../support/conference.ts'
import { say } from '../../support/say.ts'
import { test } from '../../support/stack.ts'
import { accepted } from './accepted.ts'

const wanted = { limit: 100, segments: 1_000, leaseMs: 45_000 }

test('a claim whose process is gone becomes unknown, and is not claimed again', async ({
  stack: { db, sendingDb },
}) => {
  const { line, conversationId } = await givenConference(db)
  await say(db, conversationId, 'one')
  await claimDeliveries(sendingDb, { lineId: line.id, ...wanted })
  await db.update(deliveries).set({ leaseUntil: sql`now() - interval '1 second'` })

  expect(await expireClaims(db)).toBe(2)

  expect((await claimDeliveries(sendingDb, { lineId: line.id, ...wanted })).taken).toBe(0)
  const [message] = await db.select().from(messages)
  expect(message).toMatchObject({ totalCount: 2, queuedCount: 0, unknownCount: 2 })
})

test('a result counts for its own claim only: a process that was frozen changes nothing', async ({
  stack: { db, sendingDb },
}) => {
  const { line, conversationId } = await givenConference(db)
  await say(db, conversationId, 'one')
  const { claims } = await claimDeliveries(sendingDb, { lineId: line.id, ...wanted })
  await db.update(deliveries).set({ attempt: 2 })

  await recordResults(
    db,
    claims.map((claim) => accepted(claim)),
  )

  expect(await db.$count(deliveries, eq(deliveries.state, 'sending'))).toBe(2)
})

test('a yes that comes after the delivery was given up as absent keeps it from going out again', async ({
  stack: { db, sendingDb },
}) => {
  const { line, conversationId } = await givenConference(db)
  await say(db, conversationId, 'one')
  const { claims } = await claimDeliveries(sendingDb, { lineId: line.id, ...wanted })
  await db.update(deliveries).set({ state: 'unknown' })
  await requeueUnknown(db, claims)

  await recordResults(
    db,
    claims.map((claim) => accepted(claim)),
  )

  expect((await claimDeliveries(sendingDb, { lineId: line.id, ...wanted })).taken).toBe(0)
  expect(await db.$count(deliveries, eq(deliveries.state, 'accepted'))).toBe(2)
})

test('that a delivery waits for a person is told, although the message counts it as before', async ({
  stack: { db, sendingDb },
}) => {
  const { line, conversationId } = await givenConference(db)
  await say(db, conversationId, 'one')
  const { claims } = await claimDeliveries(sendingDb, { lineId: line.id, ...wanted })
  await db.update(deliveries).set({ state: 'unknown' })
  const told = () => db.$count(events, eq(events.type, 'message.changed'))
  const before = await told()

  await setReview(
    db,
    claims.map((claim) => ({ ...claim, cause: 'unsettled' as const })),
  )

  expect(await told()).toBe(before + 1)
})
