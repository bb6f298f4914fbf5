import { recordChanges } from '@partyline/db/queries/events'
import { beginAttempt, setInboxError } from '@partyline/db/queries/inbox'
import { systemChanged } from '@partyline/db/queries/system-changed'
import { crashPoint } from '@partyline/kit/crash-point'
import { reasonOf } from '@partyline/kit/reason'
import type { JobDeps } from '../deps.ts'
import { takeInbound } from './take-inbound.ts'
import type { KeptText } from './takers.ts'

/**
 * Takes one kept text and announces what follows from it. A text that cannot be taken stays kept, with
 * the reason, for the sweeper to try again; it never holds up the others.
 */
export async function processInbound(
  deps: JobDeps,
  { messageSid, waited = false }: Omit<KeptText, 'key'>,
): Promise<void> {
  const { db, config, rings, feedBell, log } = deps
  try {
    if (waited && !(await beginAttempt(db, messageSid))) return
    const taken = await takeInbound(db, messageSid, config.limits)
    if (!taken) return
    crashPoint('D2')
    feedBell.ring()
    if (taken.mediaOf) await rings.media(taken.mediaOf)
    for (const { lineId, deliveryCount } of taken.posted) {
      if (lineId && deliveryCount > 0) await rings.deliveries(lineId, deliveryCount)
    }
  } catch (error) {
    const reason = reasonOf(error)
    log.warn({ messageSid, reason }, 'a text could not be taken and is kept')
    // Together: a dead letter that nobody was told of would lie there unseen.
    const isDead = await db.transaction(async (tx) => {
      const wasLast = await setInboxError(tx, messageSid, { reason, counted: waited })
      if (wasLast) await recordChanges(tx, [systemChanged])
      return wasLast
    })
    if (!isDead) return
    log.error(
      { messageSid, reason },
      'a text could not be taken ten times: it is a dead letter now',
    )
    feedBell.ring()
  }
}
