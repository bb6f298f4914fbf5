import type { Db } from '@partyline/db/client'
import { applyStatusEvents } from '@partyline/db/queries/apply-statuses'
import { claimDeliveries } from '@partyline/db/queries/claim-deliveries'
import { insertStatusEvents } from '@partyline/db/queries/status-events'
import { deliveries } from '@partyline/db/schema/deliveries'
import { eq } from 'drizzle-orm'
import { givenDirect, givenLine } from '../../support/given.ts'
import { say } from '../../support/say.ts'

/** A text to one person, which somebody is about to hand to Twilio. */
export async function givenClaimed(db: Db) {
  const address = `+1555${Math.floor(Math.random() * 1e7)
    .toString()
    .padStart(7, '0')}`
  const line = await givenLine(db, { address })
  const direct = await givenDirect(db, { lineId: line.id, address: '+14155550101' })
  await say(db, direct.conversationId, 'Hi')
  const { claims } = await claimDeliveries(db, {
    ...{ lineId: line.id, limit: 1, segments: 10, leaseMs: 45_000 },
  })
  const [claim] = claims
  if (!claim) throw new Error('nothing was claimed')
  return { ...claim, lineId: line.id }
}

/** Keeps a status callback of Twilio's and applies it; without a claim, one that names no delivery. */
export async function callback(
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

export async function deliveryOf(db: Db, { id }: { id: string }) {
  const [delivery] = await db.select().from(deliveries).where(eq(deliveries.id, id))
  if (!delivery) throw new Error('no delivery')
  return delivery
}
