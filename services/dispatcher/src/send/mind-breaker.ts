import { nobody, recordAudit } from '@partyline/db/queries/audit'
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
  { db, config, log, breaker }: Pick<JobDeps, 'db' | 'config' | 'log' | 'breaker'>,
  sent: Sent[],
): Promise<Result[]> {
  const refused = sent.find(({ outcome }) => outcome.outcome === 'account_refused')?.outcome
  const answered = sent.some(({ outcome }) => saysTheAccountIsFine.has(outcome.outcome))
  if (refused?.outcome === 'account_refused') {
    breaker.open = true
    const { errorCode } = refused
    const opened = await db.transaction(async (tx) => {
      if (!(await openBreaker(tx, errorCode))) return false
      await recordAudit(tx, nobody, { action: 'breaker.opened', details: { errorCode } })
      await recordChanges(tx, [systemChanged])
      return true
    })
    if (opened) log.error({ errorCode }, 'Twilio refuses the account: sending is paused')
  } else if (answered && breaker.open) {
    breaker.open = false
    const closed = await db.transaction(async (tx) => {
      if (!(await closeBreaker(tx))) return false
      await recordAudit(tx, nobody, { action: 'breaker.closed' })
      await recordChanges(tx, [systemChanged])
      return true
    })
    if (closed) log.info('Twilio takes texts again: sending goes on')
  }
  return sent.map(({ claim, outcome }) => toResult(claim, outcome, config.sending))
}

const saysTheAccountIsFine = new Set(['accepted', 'refused'])
