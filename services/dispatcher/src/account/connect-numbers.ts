import { takenBy } from '@partyline/contracts/number-webhooks'
import { whyUnreachable } from '@partyline/contracts/public-address'
import {
  claimConnecting,
  type Connected,
  finishTry,
  type Try,
} from '@partyline/db/queries/connecting'
import type { JobDeps } from '../deps.ts'

/** Sets the webhooks of the numbers that somebody connected, one after the other. */
export async function connectNumbers(deps: JobDeps): Promise<void> {
  const { db, feedBell, log, stopping } = deps
  while (!stopping.aborted) {
    const claim = await claimConnecting(db)
    if (!claim) return
    const result = await setWebhooks(deps, claim)
    const { sid } = claim.number
    if (!(await finishTry(db, claim, result))) continue
    feedBell.ring()
    if (result.outcome === 'connected') log.info({ sid }, 'webhooks set')
    else log.warn({ sid, reason: result.problem }, 'webhooks not set')
  }
}

const leftToNumbers =
  'Each number of this Messaging Service has a webhook of its own. Connect its numbers instead.'

/** What somebody agreed to is compared with what Twilio has now: it may have changed since they looked. */
async function setWebhooks({ twilio, config }: JobDeps, { number }: Try): Promise<Connected> {
  const { publicUrl } = config
  const unreachable = config.twilio.apiUrl === undefined ? whyUnreachable(publicUrl) : null
  if (unreachable !== null) return { outcome: 'refused', problem: unreachable }
  const isService = number.sid.startsWith('MG')
  const place = { sid: number.sid, serviceSid: isService ? number.sid : number.serviceSid }
  const now = await twilio.account.fetchWebhooks(place)
  if (now.outcome !== 'told') return now
  const found = now.value
  if (isService && !found.service) return { outcome: 'refused', problem: leftToNumbers }
  const taken = takenBy(found, publicUrl)
  if (taken !== null && taken !== number.replaces) {
    const problem = `Its texts go to ${taken} now. Connect it again to take them from there.`
    return { outcome: 'refused', problem, found }
  }
  const set = await twilio.account.setWebhooks(place, found, publicUrl)
  return set.outcome === 'told' ? { outcome: 'connected', found: set.value } : set
}
