import { mediaLinkPath } from '@partyline/contracts/api/media'
import { isAllowedCountry } from '@partyline/contracts/country'
import type { Claim } from '@partyline/db/queries/claim-deliveries'
import { crashPoint } from '@partyline/kit/crash-point'
import type { JobDeps } from '../deps.ts'
import type { SendOutcome } from '../twilio/outcome.ts'

export interface Sent {
  claim: Claim
  outcome: SendOutcome
}

/** By two clocks: one goes on while a process is frozen, the other when the machine's clock is set. */
export interface ClaimedAt {
  monotonic: number
  clock: number
}

/** From here to the recorded result Twilio may have the text and we may not know: the claim covers that. */
export async function sendClaim(
  { twilio, config, log }: JobDeps,
  claim: Claim,
  claimedAt: ClaimedAt,
): Promise<Sent> {
  // Checked in the same turn that writes: a process that was frozen since must not send what is no longer its own.
  if (isStale(claimedAt, config.sending)) return { claim, outcome: { outcome: 'stale' } }
  // Whatever came to be queued, an automatic answer to anybody who texts included.
  if (!isAllowedCountry(claim.to, config.limits.countries)) {
    return { claim, outcome: { outcome: 'country_not_allowed' } }
  }
  crashPoint('D3')
  const outcome = await twilio.send({
    from: claim.from,
    to: claim.to,
    body: claim.body,
    mediaUrls: claim.media.map(
      ({ token, fileName }) => config.publicUrl + mediaLinkPath(token, fileName),
    ),
    statusCallback: `${config.publicUrl}/webhooks/twilio/status?delivery=${claim.id}&attempt=${claim.attempt}`,
  })
  crashPoint(outcome.outcome === 'unclear' ? 'D6' : 'D5')
  if (outcome.outcome !== 'accepted') {
    log.warn({ deliveryId: claim.id, ...outcome }, 'Twilio did not take a delivery')
  }
  return { claim, outcome }
}

/** Twilio's time to answer must still fit into the claim. */
function isStale(
  { monotonic, clock }: ClaimedAt,
  { leaseMs, timeoutMs }: { leaseMs: number; timeoutMs: number },
): boolean {
  const age = Math.max(performance.now() - monotonic, Date.now() - clock)
  return age > leaseMs - timeoutMs
}
