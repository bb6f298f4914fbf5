import { statusEnvelope } from '@partyline/contracts/jobs'
import { applyStatusEvents, insertStatusEvents } from '@partyline/db/queries/status-events'
import { crashPoint } from '@partyline/kit/crash-point'
import type { JobHandler } from '@partyline/kit/jobs'
import type { JobDeps } from '../deps.ts'
import { retryPassing } from '../send/retry-passing.ts'
import { opened } from './opened.ts'

/** Applies an envelope of status callbacks in two statements. */
export function applyStatuses(deps: JobDeps): JobHandler<'status.apply'> {
  return opened(deps, statusEnvelope, async (callbacks) => {
    const sids = await insertStatusEvents(deps.db, callbacks)
    crashPoint('D8')
    if (sids.length > 0) await settleStatuses(deps, sids)
  })
}

export async function settleStatuses(deps: JobDeps, messageSids: string[]): Promise<void> {
  const { db, rings, feedBell } = deps
  const { lineIds, foreignSids, failures } = await applyStatusEvents(db, messageSids)
  if (failures.length > 0) await retryPassing(db, failures)
  feedBell.ring()
  for (const lineId of lineIds) await rings.deliveries(lineId)
  for (const messageSid of foreignSids) await rings.adopt(messageSid)
}
