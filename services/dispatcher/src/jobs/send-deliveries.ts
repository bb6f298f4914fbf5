import { mediaLinkPath } from '@partyline/contracts/api/media'
import { type Claim, claimDeliveries } from '@partyline/db/queries/claim-deliveries'
import { extendMediaLinks } from '@partyline/db/queries/media-links'
import { learnOptOuts, recordResults } from '@partyline/db/queries/record-results'
import type { JobHandler } from '@partyline/kit/jobs'
import type { JobDeps } from '../deps.ts'
import { chunkSize } from '../rings.ts'
import { toResult } from '../send/to-result.ts'

/** Sends what is due on a line, chunk by chunk, until a claim comes back empty. */
export function sendDeliveries(deps: JobDeps): JobHandler<'delivery.send'> {
  return async ({ lineId }) => {
    while ((await sendChunk(deps, lineId)) > 0);
  }
}

async function sendChunk(deps: JobDeps, lineId: string): Promise<number> {
  const { db, feedBell } = deps
  const { claims, taken } = await claimDeliveries(db, { lineId, limit: chunkSize })
  if (claims.some((claim) => claim.media.length > 0)) {
    await extendMediaLinks(db, [...new Set(claims.map((claim) => claim.messageId))])
  }
  const results = await Promise.all(claims.map((claim) => send(deps, claim)))
  await recordResults(db, results)
  await learnOptOuts(
    db,
    results.filter(isOptOut).map((result) => result.id),
  )
  if (taken > 0) feedBell.ring()
  return taken
}

/** From here to the recorded result Twilio may have the text and we may not know: the claim covers that. */
async function send({ twilio, config, log }: JobDeps, claim: Claim) {
  const outcome = await twilio.send({
    from: claim.from,
    to: claim.to,
    body: claim.body,
    mediaUrls: claim.media.map(
      ({ token, fileName }) => config.publicUrl + mediaLinkPath(token, fileName),
    ),
    statusCallback: `${config.publicUrl}/webhooks/twilio/status?delivery=${claim.id}&attempt=${claim.attempt}`,
  })
  if (outcome.outcome !== 'accepted') {
    log.warn({ deliveryId: claim.id, ...outcome }, 'Twilio did not take a delivery')
  }
  return toResult(claim, outcome)
}

function isOptOut(result: { state: string; errorCode?: number | null }): boolean {
  return result.state === 'failed' && result.errorCode === 21610
}
