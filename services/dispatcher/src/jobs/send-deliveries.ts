import type { JobHandler } from '@partyline/kit/jobs'
import type { JobDeps } from '../deps.ts'
import { sendChunk } from '../send/send-chunk.ts'

/**
 * One chunk a job: the next one of this line queues up behind the jobs of other lines, so that a text to
 * thousands does not keep an answer to one waiting.
 */
export function sendDeliveries(deps: JobDeps): JobHandler<'delivery.send'> {
  return async ({ lineId }) => {
    if (deps.stopping.aborted) return
    const chunk = await sendChunk(deps, lineId)
    if (chunk === 'more') await deps.rings.deliveries(lineId)
    else if (chunk !== 'nothing') await deps.rings.later(lineId, chunk.waitMs)
  }
}
