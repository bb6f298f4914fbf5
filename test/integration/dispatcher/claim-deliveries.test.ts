import type { Db } from '@partyline/db/client'
import { claimDeliveries } from '@partyline/db/queries/claim-deliveries'
import { optOut } from '@partyline/db/queries/opt-outs'
import { postMessage } from '@partyline/db/queries/post-message'
import { expireClaims, recordResults } from '@partyline/db/queries/record-results'
import { requeueUnknown } from '@partyline/db/queries/settle-unknown'
import { deliveries } from '@partyline/db/schema/deliveries'
import { messages } from '@partyline/db/schema/messages'
import { eq, sql } from 'drizzle-orm'
import { expect } from 'vitest'
import { givenGroup } from '../../support/given.ts'
import { test } from '../../support/stack.ts'
import { freshSid } from '../../support/webhook.ts'

const ana = '+14155550101'
const ben = '+14155550102'
const group = '+15558675310'
const wanted = { limit: 100, segments: 1_000, leaseMs: 45_000 }

const say = (db: Db, conversationId: string, body: string) =>
  db.transaction((tx) =>
    postMessage(tx, {
      conversationId,
      kind: 'text',
      direction: 'outbound',
      author: { kind: 'system', id: null, name: 'Admin', address: null },
      body,
    }),
  )
const givenPair = (db: Db) =>
  givenGroup(db, { address: group, members: { [ana]: 'Ana', [ben]: 'Ben' } })
const accepted = (claim: { id: string; attempt: number }) => ({
  id: claim.id,
  attempt: claim.attempt,
  state: 'accepted' as const,
  twilioSid: freshSid(),
  status: 'queued' as const,
  errorCode: null,
})

test('A5 A14 A34: a claim has what Twilio needs: from the line, to the member, name in front', async ({
  stack: { db },
}) => {
  const { line, conversationId } = await givenPair(db)
  await say(db, conversationId, 'Lunch is ready')

  const { claims } = await claimDeliveries(db, { lineId: line.id, ...wanted })

  expect(claims.map(({ from, to, body, attempt }) => ({ from, to, body, attempt }))).toEqual([
    { from: group, to: ana, body: 'Admin: Lunch is ready', attempt: 1 },
    { from: group, to: ben, body: 'Admin: Lunch is ready', attempt: 1 },
  ])
})

test('only the first unsettled delivery of a recipient can be claimed, and a slow one holds back only itself', async ({
  stack: { db },
}) => {
  const { line, conversationId } = await givenPair(db)
  await say(db, conversationId, 'one')
  await say(db, conversationId, 'two')
  const claim = async () => (await claimDeliveries(db, { lineId: line.id, ...wanted })).claims

  const first = await claim()
  expect(first.map((each) => each.body)).toEqual(['Admin: one', 'Admin: one'])
  expect(await claim()).toEqual([])

  const toAna = first.find((each) => each.to === ana)
  const toBen = first.find((each) => each.to === ben)
  if (!toAna || !toBen) throw new Error('both were claimed')
  await recordResults(db, [
    accepted(toAna),
    { id: toBen.id, attempt: toBen.attempt, state: 'unknown', lookInMs: 5_000 },
  ])

  expect((await claim()).map((each) => [each.to, each.body])).toEqual([[ana, 'Admin: two']])
})

test('T26: a text to thousands is claimed although Postgres last counted while nothing was queued', async ({
  stack: { db },
}) => {
  const { line, conversationId } = await givenPair(db)
  await db.execute(sql`
    insert into members (conversation_id, kind, name, address)
    select ${conversationId}, 'contact', 'Person', '+1' || (4160000000 + n) from generate_series(1, 5000) n
  `)
  await say(db, conversationId, 'one')
  await db.update(deliveries).set({ state: 'accepted' })
  await db.execute(sql`analyze deliveries`)
  await say(db, conversationId, 'two')

  // A plan that compares all with all runs into the statement's ten seconds.
  const { claims } = await claimDeliveries(db, { lineId: line.id, ...wanted })

  expect(claims.map(({ body }) => body)).toEqual(Array(wanted.limit).fill('Admin: two'))
})

test('many claimers at once: every delivery is claimed once, and each recipient’s in order', async ({
  stack: { db },
}) => {
  const { line, conversationId } = await givenPair(db)
  const count = 15
  for (let index = 0; index < count; index += 1) await say(db, conversationId, `${index}`)
  const claimed: { to: string; body: string }[] = []
  const left = () => db.$count(deliveries, sql`state in ('queued', 'sending')`)

  await Promise.all(
    Array.from({ length: 4 }, async () => {
      while ((await left()) > 0) {
        const { claims } = await claimDeliveries(db, { lineId: line.id, ...wanted, limit: 3 })
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
  stack: { db },
}) => {
  const { line, conversationId } = await givenPair(db)
  await say(db, conversationId, 'queued before STOP')
  await optOut(db, { lineId: line.id, address: ana, source: 'keyword' })

  const { claims, taken } = await claimDeliveries(db, { lineId: line.id, ...wanted })

  expect(taken).toBe(2)
  expect(claims.map((claim) => claim.to)).toEqual([ben])
  const [cancelled] = await db.select().from(deliveries).where(eq(deliveries.address, ana))
  expect(cancelled).toMatchObject({ state: 'cancelled', cause: 'opted_out' })
})

test('a claim whose process is gone becomes unknown, and is not claimed again', async ({
  stack: { db },
}) => {
  const { line, conversationId } = await givenPair(db)
  await say(db, conversationId, 'one')
  await claimDeliveries(db, { lineId: line.id, ...wanted })
  await db.update(deliveries).set({ leaseUntil: sql`now() - interval '1 second'` })

  expect(await expireClaims(db)).toBe(2)

  expect((await claimDeliveries(db, { lineId: line.id, ...wanted })).taken).toBe(0)
  const [message] = await db.select().from(messages)
  expect(message).toMatchObject({ totalCount: 2, queuedCount: 0, unknownCount: 2 })
})

test('a result counts for its own claim only: a process that was frozen changes nothing', async ({
  stack: { db },
}) => {
  const { line, conversationId } = await givenPair(db)
  await say(db, conversationId, 'one')
  const { claims } = await claimDeliveries(db, { lineId: line.id, ...wanted })
  await db.update(deliveries).set({ attempt: 2 })

  await recordResults(db, claims.map(accepted))

  expect(await db.$count(deliveries, eq(deliveries.state, 'sending'))).toBe(2)
})

test('claiming ends with the delivery that uses the rate up', async ({ stack: { db } }) => {
  const { line, conversationId } = await givenPair(db)
  await say(db, conversationId, 'x'.repeat(400))
  const claim = async (segments: number) =>
    (await claimDeliveries(db, { lineId: line.id, ...wanted, segments })).claims

  const first = await claim(2)

  expect(first.map((each) => each.segments)).toEqual([3])
  expect((await claim(100)).map((each) => each.segments)).toEqual([3])
})

test('a yes that comes after the delivery was given up as absent keeps it from going out again', async ({
  stack: { db },
}) => {
  const { line, conversationId } = await givenPair(db)
  await say(db, conversationId, 'one')
  const { claims } = await claimDeliveries(db, { lineId: line.id, ...wanted })
  await db.update(deliveries).set({ state: 'unknown' })
  for (const claim of claims) await requeueUnknown(db, claim)

  await recordResults(db, claims.map(accepted))

  expect((await claimDeliveries(db, { lineId: line.id, ...wanted })).taken).toBe(0)
  expect(await db.$count(deliveries, eq(deliveries.state, 'accepted'))).toBe(2)
})
