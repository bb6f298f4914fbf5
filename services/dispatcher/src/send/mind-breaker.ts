import { closeBreaker, openBreaker } from '@partyline/db/queries/breaker'
import { recordChanges } from '@partyline/db/queries/events'
import type { Result } from '@partyline/db/queries/record-results'
import { systemChanged } from '@partyline/db/queries/system-changed'
import type { JobDeps } from '../deps.ts'
import type { Sent } from './send-claim.ts'
import { toResult } from './to-result.ts'

/**
 * Opens the breaker when Twilio turns the whole account down (nothing fails then, everything waits), and
 * closes it at the first sign that it does not.
 */
export async function minding(
  { db, config, log, breaker }: JobDeps,
  sent: Sent[],
): Promise<Result[]> {
  const refused = sent.find(({ outcome }) => outcome.outcome === 'account_refused')?.outcome
  const answered = sent.some(({ outcome }) => saysTheAccountIsFine.has(outcome.outcome))
  if (refused?.outcome === 'account_refused') {
    breaker.open = true
    if (await openBreaker(db, refused.errorCode)) {
      log.error({ errorCode: refused.errorCode }, 'Twilio refuses the account: sending is paused')
      await recordChanges(db, [systemChanged])
    }
  } else if (answered && breaker.open) {
    breaker.open = false
    if (await closeBreaker(db)) {
      log.info('Twilio takes texts again: sending goes on')
      await recordChanges(db, [systemChanged])
    }
  }
  return sent.map(({ claim, outcome }) => toResult(claim, outcome, config.sending))
}

const saysTheAccountIsFine = new Set(['accepted', 'refused'])
