import type { Claim } from '@partyline/db/queries/claim-deliveries'
import type { Result } from '@partyline/db/queries/record-results'
import { nextLook } from '../settle/verdict.ts'
import type { SendOutcome } from '../twilio/outcome.ts'

/** Twilio's answer as what it means for the delivery. Nothing unclear is ever queued again here. */
export function toResult(
  { id, attempt }: Pick<Claim, 'id' | 'attempt'>,
  outcome: SendOutcome,
  { settleMs }: { settleMs: number },
): Result {
  const claim = { id, attempt }
  switch (outcome.outcome) {
    case 'accepted': {
      const { sid: twilioSid, status, errorCode } = outcome
      return { ...claim, state: 'accepted', twilioSid, status, errorCode }
    }
    case 'refused':
      return { ...claim, state: 'failed', errorCode: outcome.errorCode }
    case 'busy':
      return {
        ...claim,
        state: 'queued',
        retryInMs: retryInMs(attempt),
        errorCode: outcome.errorCode,
      }
    case 'country_not_allowed':
      return { ...claim, state: 'failed', errorCode: null, cause: 'country_not_allowed' }
    case 'account_refused':
    case 'stale':
      return { ...claim, state: 'queued', retryInMs: 0, errorCode: null }
    case 'unclear':
      return { ...claim, state: 'unknown', lookInMs: nextLook(0, settleMs) }
  }
}

const firstRetryMs = 500
const lastRetryMs = 60_000

/** Doubles up to a minute; half of it by chance, so that many do not come back at once. */
function retryInMs(attempt: number, random = Math.random): number {
  const full = Math.min(firstRetryMs * 2 ** Math.min(attempt, 10), lastRetryMs)
  return Math.round(full / 2 + (full / 2) * random())
}
