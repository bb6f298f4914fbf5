import { sendNextDue } from '@partyline/db/queries/scheduled'
import type { JobDeps } from '../deps.ts'

/** Sends every text whose time has come. Of several dispatchers each takes those that the others have not. */
export async function sendScheduled(deps: JobDeps): Promise<void> {
  const { db, config, rings, feedBell, tracing } = deps
  for (;;) {
    const span = tracing.span('send scheduled text')
    const sent = await sendNextDue(db, config.limits, span.traceParent)
    if (sent === 'done') return
    span.set({ 'partyline.message_id': sent?.message.id })
    span.end()
    feedBell.ring()
    if (sent?.lineId) await rings.deliveries(sent.lineId, sent.deliveryCount)
  }
}
