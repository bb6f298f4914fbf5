import type { Claim } from '@partyline/db/queries/claim-deliveries'
import type { Result } from '@partyline/db/queries/record-results'
import type { SendOutcome } from '../twilio/outcome.ts'

/** Twilio's answer as what it means for the delivery. Nothing unclear is ever queued again here. */
export function toResult({ id, attempt }: Claim, outcome: SendOutcome): Result {
  switch (outcome.outcome) {
    case 'accepted': {
      const { sid: twilioSid, status, errorCode } = outcome
      return { id, attempt, state: 'accepted', twilioSid, status, errorCode }
    }
    case 'refused':
      return { id, attempt, state: 'failed', errorCode: outcome.errorCode }
    case 'busy':
      return {
        id,
        attempt,
        state: 'queued',
        retryInMs: retryInMs(attempt),
        errorCode: outcome.errorCode,
      }
    case 'unclear':
      return { id, attempt, state: 'unknown' }
  }
}

const firstRetryMs = 500
const lastRetryMs = 60_000

/** Doubles up to a minute; half of it by chance, so that many do not come back at once. */
export function retryInMs(attempt: number, random = Math.random): number {
  const full = Math.min(firstRetryMs * 2 ** Math.min(attempt, 10), lastRetryMs)
  return Math.round(full / 2 + (full / 2) * random())
}
