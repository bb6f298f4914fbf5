import { rateOf } from '@partyline/contracts/sender-rate'
import { findSender } from '@partyline/db/queries/breaker'
import { claimDeliveries } from '@partyline/db/queries/claim-deliveries'
import { extendMediaLinks } from '@partyline/db/queries/media-links'
import { learnOptOuts, recordResults, type Result } from '@partyline/db/queries/record-results'
import type { JobDeps } from '../deps.ts'
import { chunkSize } from '../rings.ts'
import { minding } from './mind-breaker.ts'
import { sendClaim } from './send-claim.ts'

/** What came of one look at a line's queue. */
export type Chunk = 'nothing' | 'more' | { waitMs: number }

/**
 * Sends the next chunk of what is due on a line, as much as the line's rate and the account allow:
 * reserve, claim, send, record. A crash after the claim leaves it to the settling of unknown deliveries.
 */
export async function sendChunk(deps: JobDeps, lineId: string): Promise<Chunk> {
  const { db, config, limiter, slots, feedBell } = deps
  const sender = await findSender(db, lineId)
  if (!sender || sender.gate === 'open') return 'nothing'
  const limit = sender.gate === 'probe' ? 1 : Math.min(chunkSize, slots.free())
  if (limit === 0) return { waitMs: busyMs }
  const rate = rateOf(sender.address, sender.segmentsPerSecond)
  const grant = await limiter.reserve(lineId, rate, limit)
  if (grant.segments === 0) return { waitMs: grant.waitMs }

  const { leaseMs } = config.sending
  const claimedAt = { monotonic: performance.now(), clock: Date.now() }
  const wanted = { lineId, limit, segments: grant.segments, leaseMs }
  const { claims, taken } = await claimDeliveries(db, wanted)
  const used = claims.reduce((sum, claim) => sum + claim.segments, 0)
  if (used !== grant.segments) await limiter.giveBack(lineId, rate, grant.segments - used)
  if (taken === 0) return 'nothing'

  if (claims.some((claim) => claim.media.length > 0)) {
    await extendMediaLinks(db, [...new Set(claims.map((claim) => claim.messageId))])
  }
  const sent = await slots.use(claims.length, () =>
    Promise.all(claims.map((claim) => sendClaim(deps, claim, claimedAt))),
  )
  const results = await minding(deps, sent)
  await recordResults(db, results)
  await learnOptOuts(
    db,
    results.filter(isOptOut).map((result) => result.id),
  )
  feedBell.ring()
  return 'more'
}

const busyMs = 100

function isOptOut(result: Result): boolean {
  return result.state === 'failed' && result.errorCode === 21610
}
