import { recordChanges } from '@partyline/db/queries/events'
import { beginAttempt, setInboxError } from '@partyline/db/queries/inbox'
import { systemChanged } from '@partyline/db/queries/system-changed'
import { crashPoint } from '@partyline/kit/crash-point'
import { reasonOf } from '@partyline/kit/reason'
import { traceIdOf } from '@partyline/kit/tracing'
import type { JobDeps } from '../deps.ts'
import { type Taken, takeInbound } from './take-inbound.ts'
import type { KeptText } from './takers.ts'

/** Right after it was kept; when its next try is due; before that, since a later text has come. */
type Try = 'first' | 'due' | 'early'

/**
 * Takes one kept text and announces what follows from it. A text that cannot be taken stays kept, with
 * the reason, for the sweeper to try again; it never holds up the others.
 */
export async function processInbound(deps: JobDeps, text: Omit<KeptText, 'key'>): Promise<void> {
  await tryOnce(deps, text, text.waited ? 'due' : 'first')
}

type Known = Pick<KeptText, 'messageSid' | 'traceParent'>

async function tryOnce(deps: JobDeps, text: Known, which: Try): Promise<void> {
  const { db, log, rings, feedBell, metrics } = deps
  const { messageSid } = text
  try {
    if (which === 'due' && !(await beginAttempt(db, messageSid))) return
    const taken = await takeInTurn(deps, messageSid)
    if (!taken) return
    crashPoint('D2')
    const [message] = taken.posted.map((posted) => posted.message)
    const ids = { messageSid, messageId: message?.id, ...traceIdOf(message?.traceParent) }
    log.debug(ids, 'text taken in')
    metrics.textTaken('taken')
    feedBell.ring()
    if (taken.pushes) await rings.pushes()
    if (taken.mediaOf) await rings.media(taken.mediaOf)
    for (const { lineId, deliveryCount } of taken.posted) {
      if (lineId && deliveryCount > 0) await rings.deliveries(lineId, deliveryCount)
    }
  } catch (error) {
    await keepReason(deps, text, reasonOf(error), { counted: which !== 'first' })
  }
}

/**
 * Two dispatchers may have texts of one sender, and one of them may have waited longer: those that came
 * before are taken first, by whoever is at them or by us. After its third try a text holds up no other.
 */
async function takeInTurn(deps: JobDeps, messageSid: string): Promise<Taken | undefined> {
  for (;;) {
    const taken = await takeInbound(deps.db, messageSid, deps.config.limits, deps.tracing)
    if (!taken || !('behind' in taken)) return taken
    const { behind } = taken
    if (await beginAttempt(deps.db, behind, { early: true })) {
      await tryOnce(deps, { messageSid: behind }, 'early')
    }
  }
}

async function keepReason(
  { db, log, feedBell, metrics }: JobDeps,
  { messageSid, traceParent }: Known,
  reason: string,
  { counted }: { counted: boolean },
): Promise<void> {
  const ids = { messageSid, ...traceIdOf(traceParent) }
  log.warn({ ...ids, reason }, 'a text could not be taken and is kept')
  // Together: a dead letter that nobody was told of would lie there unseen.
  const isDead = await db.transaction(async (tx) => {
    const wasLast = await setInboxError(tx, messageSid, { reason, counted })
    if (wasLast) await recordChanges(tx, [systemChanged])
    return wasLast
  })
  metrics.textTaken(isDead ? 'dead' : 'failed')
  if (!isDead) return
  log.error({ ...ids, reason }, 'a text could not be taken ten times: it is a dead letter now')
  feedBell.ring()
}
