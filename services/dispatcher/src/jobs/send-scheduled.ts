import { sendNextDue } from '@partyline/db/queries/send-next-due'
import { reasonOf } from '@partyline/kit/reason'
import type { JobDeps } from '../deps.ts'

/**
 * Sends every text whose time has come. Of several dispatchers each takes those that the others have not.
 * One that fails is tried again the next time, and holds up none but those after it in its conversation.
 */
export async function sendScheduled(deps: JobDeps): Promise<void> {
  const { db, config, rings, feedBell, tracing, log, stopping } = deps
  const failed: string[] = []
  while (!stopping.aborted) {
    const span = tracing.span('send scheduled text')
    const { traceParent } = span
    const sent = await sendNextDue(db, config.limits, { but: failed, traceParent })
    if (sent === 'done') return
    const { id, posted, failure } = sent
    if (failure !== undefined) {
      failed.push(id)
      log.warn({ scheduledId: id, reason: reasonOf(failure) }, 'scheduled text not sent yet')
      span.fail()
    }
    span.set({ 'partyline.message_id': posted?.message.id })
    span.end()
    feedBell.ring()
    if (posted?.lineId) await rings.deliveries(posted.lineId, posted.deliveryCount)
  }
}
