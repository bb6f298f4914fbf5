import { rateOf } from '@partyline/contracts/sender-rate'
import { findSender, giveProbeBack, isDue } from '@partyline/db/queries/breaker'
import { type Claim, claimDeliveries } from '@partyline/db/queries/claim-deliveries'
import { extendMediaLinks } from '@partyline/db/queries/media-links'
import { learnOptOuts, recordResults, type Result } from '@partyline/db/queries/record-results'
import { learnUnreachable } from '@partyline/db/queries/unreachable'
import type { JobDeps } from '../deps.ts'
import { chunkSize } from '../rings.ts'
import { mindLines } from './mind-lines.ts'
import { minding } from './mind-breaker.ts'
import { type ClaimedAt, sendClaim } from './send-claim.ts'

/** What came of one look at a line's queue. */
export type Chunk = 'nothing' | 'more' | { waitMs: number }

/**
 * Sends the next chunk of what is due on a line, as much as the line's rate and the account allow:
 * reserve, claim, send, record. A crash after the claim leaves it to the settling of unknown deliveries.
 */
export async function sendChunk(deps: JobDeps, lineId: string): Promise<Chunk> {
  const { sendingDb, slots, stopping } = deps
  const sender = await findSender(sendingDb, lineId, chunkSize)
  if (!sender || sender.gate === 'open' || sender.due === 0) return 'nothing'
  // It may have been another process that opened it: whoever tries one closes it.
  if (sender.gate === 'probe') deps.breaker.open = true
  let held = await slots.take(sender.gate === 'probe' ? 1 : sender.due)
  try {
    if (stopping.aborted) return 'nothing'
    const claimed = await claimWithinRate(deps, { id: lineId, ...sender }, held)
    if (sender.gate === 'probe' && claimed.claims.length === 0) await giveProbeBack(sendingDb)
    if (claimed.waitMs !== undefined) return { waitMs: claimed.waitMs }
    if (claimed.taken === 0) return 'nothing'
    slots.giveBack(held - claimed.claims.length)
    held = claimed.claims.length
    await sendClaims(deps, lineId, claimed)
    // Asked again now: who rang for a follower of these while they were under way found it not to be first.
    return (await isDue(sendingDb, lineId)) ? 'more' : 'nothing'
  } finally {
    slots.giveBack(held)
  }
}

type Line = { id: string; address: string; segmentsPerSecond: number | null }

/** Claims at most what the line's rate has left, and gives back what was reserved of it and not used. */
async function claimWithinRate(deps: JobDeps, line: Line, limit: number) {
  const { sendingDb, config, limiter, metrics } = deps
  const rate = rateOf(line.address, line.segmentsPerSecond)
  const { segments, waitMs } = await limiter.reserve(line.id, rate, limit)
  if (segments === 0) {
    metrics.rateLimited(line.id)
    return { waitMs, claims: [] }
  }
  const { leaseMs } = config.sending
  const at = { monotonic: performance.now(), clock: Date.now() }
  const claimed = await claimDeliveries(sendingDb, { lineId: line.id, limit, segments, leaseMs })
  const used = claimed.claims.reduce((sum, claim) => sum + claim.segments, 0)
  if (used !== segments) await limiter.giveBack(line.id, rate, segments - used)
  return { ...claimed, at }
}

async function sendClaims(
  deps: JobDeps,
  lineId: string,
  { claims, at }: { claims: Claim[]; at: ClaimedAt },
) {
  const { db, sendingDb, feedBell, metrics } = deps
  if (claims.some((claim) => claim.media.length > 0)) {
    await extendMediaLinks(db, [...new Set(claims.map((claim) => claim.messageId))])
  }
  const sent = await Promise.all(claims.map((claim) => sendClaim(deps, claim, at)))
  for (const { claim, outcome } of sent) metrics.sent(lineId, outcome.outcome, claim.segments)
  const results = await minding(deps, sent)
  await recordResults(sendingDb, results)
  await learnOptOuts(
    db,
    results.filter(isOptOut).map((result) => result.id),
  )
  const failures = results.flatMap((result) =>
    result.state === 'failed' && result.errorCode !== null
      ? [{ id: result.id, lineId, errorCode: result.errorCode }]
      : [],
  )
  await learnUnreachable(db, failures)
  await mindLines(deps, { arrivedOn: [], failures })
  feedBell.ring()
}

function isOptOut(result: Result): boolean {
  return result.state === 'failed' && result.errorCode === 21610
}
