import { claimDeliveries } from '@partyline/db/queries/claim-deliveries'
import { optOut } from '@partyline/db/queries/opt-outs'
import { recordResults } from '@partyline/db/queries/record-results'
import { deliveries } from '@partyline/db/schema/deliveries'
import { eq, sql } from 'drizzle-orm'
import { expect } from 'vitest'
import { ana, ben, givenConference, group } from '../../support/conference.ts'
import { say } from '../../support/say.ts'
import { test } from '../../support/stack.ts'
import { accepted } from './accepted.ts'

const wanted = { limit: 100, segments: 1_000, leaseMs: 45_000 }

test('A5 A14 A34: a claim has what Twilio needs: from the line, to the member, name in front', async ({
  stack: { db, sendingDb },
}) => {
  const { line, conversationId } = await givenConference(db)
  await say(db, conversationId, 'Lunch is ready')

  const { claims } = await claimDeliveries(sendingDb, { lineId: line.id, ...wanted })

  expect(claims.map(({ from, to, body, attempt }) => ({ from, to, body, attempt }))).toEqual([
    { from: group, to: ana, body: 'Admin: Lunch is ready', attempt: 1 },
    { from: group, to: ben, body: 'Admin: Lunch is ready', attempt: 1 },
  ])
})

test('only the first unsettled delivery of a recipient can be claimed, and a slow one holds back only itself', async ({
  stack: { db, sendingDb },
}) => {
  const { line, conversationId } = await givenConference(db)
  await say(db, conversationId, 'one')
  await say(db, conversationId, 'two')
  const claim = async () =>
    (await claimDeliveries(sendingDb, { lineId: line.id, ...wanted })).claims

  const first = await claim()
  expect(first.map((each) => each.body)).toEqual(['Admin: one', 'Admin: one'])
  expect(await claim()).toEqual([])

  const toAna = first.find((each) => each.to === ana)
  const toBen = first.find((each) => each.to === ben)
  if (!toAna || !toBen) throw new Error('both were claimed')
  await recordResults(sendingDb, [
    accepted(toAna),
    { id: toBen.id, attempt: toBen.attempt, state: 'unknown', lookInMs: 5_000 },
  ])

  expect((await claim()).map((each) => [each.to, each.body])).toEqual([[ana, 'Admin: two']])
})

test('T26: a text to thousands is claimed although Postgres last counted while nothing was queued', async ({
  stack: { db, sendingDb },
}) => {
  const { line, conversationId } = await givenConference(db)
  await db.execute(sql`
    insert into members (conversation_id, kind, name, address)
    select ${conversationId}, 'contact', 'Person', '+1' || (4160000000 + n) from generate_series(1, 5000) n
  `)
  await say(db, conversationId, 'one')
  await db.update(deliveries).set({ state: 'accepted' })
  await db.execute(sql`analyze deliveries`)
  await say(db, conversationId, 'two')

  // A plan that compares all with all runs into the statement's ten seconds.
  const { claims } = await claimDeliveries(sendingDb, { lineId: line.id, ...wanted })

  expect(claims.map(({ body }) => body)).toEqual(Array(wanted.limit).fill('Admin: two'))
})

test('many claimers at once: every delivery is claimed once, and each recipient’s in order', async ({
  stack: { db, sendingDb },
}) => {
  const { line, conversationId } = await givenConference(db)
  const count = 15
  for (let index = 0; index < count; index += 1) await say(db, conversationId, `${index}`)
  const claimed: { to: string; body: string }[] = []
  const left = () => db.$count(deliveries, sql`state in ('queued', 'sending')`)

  await Promise.all(
    Array.from({ length: 4 }, async () => {
      while ((await left()) > 0) {
        const { claims } = await claimDeliveries(sendingDb, {
          lineId: line.id,
          ...wanted,
          limit: 3,
        })
        claimed.push(...claims)
        // Some attempts meet a busy Twilio and are queued again, due at once.
        await recordResults(
          db,
          claims.map((claim) =>
            claim.attempt === 1 && Math.random() < 0.3
              ? { ...claim, state: 'queued' as const, retryInMs: 0, errorCode: 20429 }
              : accepted(claim),
          ),
        )
      }
    }),
  )

  for (const address of [ana, ben]) {
    const bodies = claimed.filter((claim) => claim.to === address).map((claim) => claim.body)
    const inOrder = Array.from({ length: count }, (_, index) => `Admin: ${index}`)
    expect([...new Set(bodies)]).toEqual(inOrder)
    // A repeated claim is a retry of the same text, never one that was overtaken.
    expect(bodies).toEqual(bodies.toSorted((a, b) => inOrder.indexOf(a) - inOrder.indexOf(b)))
  }
  expect(await db.$count(deliveries, eq(deliveries.state, 'accepted'))).toBe(2 * count)
})

test('S44: whoever left is cancelled in the claim itself, with what was queued before', async ({
  stack: { db, sendingDb },
}) => {
  const { line, conversationId } = await givenConference(db)
  await say(db, conversationId, 'queued before STOP')
  await optOut(db, { lineId: line.id, address: ana, source: 'keyword' })

  const { claims, taken } = await claimDeliveries(sendingDb, { lineId: line.id, ...wanted })

  expect(taken).toBe(2)
  expect(claims.map((claim) => claim.to)).toEqual([ben])
  const [cancelled] = await db.select().from(deliveries).where(eq(deliveries.address, ana))
  expect(cancelled).toMatchObject({ state: 'cancelled', cause: 'opted_out' })
})

test('claiming ends with the delivery that uses the rate up', async ({
  stack: { db, sendingDb },
}) => {
  const { line, conversationId } = await givenConference(db)
  await say(db, conversationId, 'x'.repeat(400))
  const claim = async (segments: number) =>
    (await claimDeliveries(sendingDb, { lineId: line.id, ...wanted, segments })).claims

  const first = await claim(2)

  expect(first.map((each) => each.segments)).toEqual([3])
  expect((await claim(100)).map((each) => each.segments)).toEqual([3])
})
