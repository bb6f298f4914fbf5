import { mediaLinkPath } from '@partyline/contracts/api/media'
import { isAllowedCountry } from '@partyline/contracts/country'
import type { Claim } from '@partyline/db/queries/claim-deliveries'
import { crashPoint } from '@partyline/kit/crash-point'
import type { Span } from '@partyline/kit/tracing'
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
export async function sendClaim(deps: JobDeps, claim: Claim, claimedAt: ClaimedAt): Promise<Sent> {
  const { config, tracing } = deps
  // Checked in the same turn that writes: a process that was frozen since must not send what is no longer its own.
  if (isStale(claimedAt, config.sending)) return { claim, outcome: { outcome: 'stale' } }
  // Whatever came to be queued, an automatic answer to anybody who texts included.
  if (!isAllowedCountry(claim.to, config.limits.countries)) {
    return { claim, outcome: { outcome: 'country_not_allowed' } }
  }
  const span = tracing.span('send delivery', {
    ...{ kind: 'client', parent: claim.traceParent },
    facts: {
      'partyline.message_id': claim.messageId,
      'partyline.delivery_id': claim.id,
      'partyline.line_id': claim.lineId,
      'partyline.attempt': claim.attempt,
    },
  })
  const outcome = await askTwilio(deps, claim, span)
  show(span, outcome)
  return { claim, outcome }
}

async function askTwilio(
  { twilio, config, log }: JobDeps,
  claim: Claim,
  { traceParent, forLog }: Span,
): Promise<SendOutcome> {
  // Twilio signs the whole address, so what comes back with a callback is what was put in.
  const trace = traceParent === undefined ? '' : `&trace=${traceParent}`
  crashPoint('D3')
  const outcome = await twilio.send({
    from: claim.from,
    to: claim.to,
    body: claim.body,
    template: claim.template,
    mediaUrls: claim.media.map(
      ({ token, fileName }) => config.publicUrl + mediaLinkPath(token, fileName),
    ),
    statusCallback: `${config.publicUrl}/webhooks/twilio/status?delivery=${claim.id}&attempt=${claim.attempt}${trace}`,
  })
  crashPoint(outcome.outcome === 'unclear' ? 'D6' : 'D5')
  const ids = { deliveryId: claim.id, messageId: claim.messageId, ...forLog }
  if (outcome.outcome === 'accepted') log.debug({ ...ids, ...outcome }, 'Twilio took a delivery')
  else log.warn({ ...ids, ...outcome }, 'Twilio did not take a delivery')
  return outcome
}

function show(span: Span, outcome: SendOutcome): void {
  span.set({
    'partyline.outcome': outcome.outcome,
    'twilio.message_sid': 'sid' in outcome ? outcome.sid : undefined,
    'twilio.error_code': 'errorCode' in outcome ? outcome.errorCode : undefined,
  })
  if (outcome.outcome !== 'accepted') span.fail()
  span.end()
}

/** Twilio's time to answer must still fit into the claim. */
function isStale(
  { monotonic, clock }: ClaimedAt,
  { leaseMs, timeoutMs }: { leaseMs: number; timeoutMs: number },
): boolean {
  const age = Math.max(performance.now() - monotonic, Date.now() - clock)
  return age > leaseMs - timeoutMs
}
