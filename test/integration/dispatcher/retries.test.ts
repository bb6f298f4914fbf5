import { retryPassing } from '@partyline/dispatcher/send/retry-passing'
import type { Db } from '@partyline/db/client'
import { claimDeliveries } from '@partyline/db/queries/claim-deliveries'
import { recordResults } from '@partyline/db/queries/record-results'
import { deliveries } from '@partyline/db/schema/deliveries'
import { sql } from 'drizzle-orm'
import { expect } from 'vitest'
import { givenDirect, givenLine } from '../../support/given.ts'
import { say } from '../../support/say.ts'
import { test } from '../../support/stack.ts'
import { freshSid } from '../../support/webhook.ts'

const wanted = { limit: 10, segments: 100, leaseMs: 45_000 }

async function givenDelivery(db: Db, body = 'Hi') {
  const line = await givenLine(db, { address: '+15558675310' })
  const direct = await givenDirect(db, { lineId: line.id, address: '+14155550101' })
  await say(db, direct.conversationId, body)
  return { lineId: line.id, ...direct }
}

/** Twilio takes it, and later the carrier does not. Returns whether it waits again, and for how many seconds. */
async function failOnce(db: Db, lineId: string, errorCode: number) {
  await db.execute(sql`update deliveries set next_at = now() where state = 'queued'`)
  const { claims } = await claimDeliveries(db, { lineId, ...wanted })
  const accepted = { state: 'accepted', status: 'queued', errorCode: null } as const
  await recordResults(
    db,
    claims.map(({ id, attempt }) => ({ id, attempt, ...accepted, twilioSid: freshSid() })),
  )
  await db.update(deliveries).set({ status: 'undelivered', statusRank: 6, errorCode })
  await retryPassing(
    db,
    claims.map(({ id }) => ({ id, errorCode })),
  )
  const [row] = await db.execute<{ state: string; pause: number }>(sql`
    select state, round(extract(epoch from next_at - updated_at))::int as pause from deliveries
  `)
  return row?.state === 'queued' ? row.pause : row?.state
}

test('what a congested carrier did not take is tried again after 30 s, 2 min and 10 min, and then no more', async ({
  stack: { db },
}) => {
  const { lineId } = await givenDelivery(db)
  const pauses = []
  for (let tries = 0; tries < 4; tries += 1) pauses.push(await failOnce(db, lineId, 30017))

  expect(pauses).toEqual([30, 120, 600, 'accepted'])
})

test.for([30003, 30005, 30007, 21610, 30034])(
  'a reason that does not pass by itself (%i) is left to a person',
  async (errorCode, { stack: { db } }) => {
    const { lineId } = await givenDelivery(db)

    expect(await failOnce(db, lineId, errorCode)).toBe('accepted')
  },
)
