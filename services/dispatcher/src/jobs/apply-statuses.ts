import { statusEnvelope } from '@partyline/contracts/jobs'
import type { Db } from '@partyline/db/client'
import {
  type AppliedStatuses,
  applyCallbacks,
  applyStatusEvents,
} from '@partyline/db/queries/apply-statuses'
import { learnUnreachable, setReachable } from '@partyline/db/queries/unreachable'
import { crashPoint } from '@partyline/kit/crash-point'
import type { JobHandler } from '@partyline/kit/jobs'
import type { JobDeps } from '../deps.ts'
import { mindLines } from '../send/mind-lines.ts'
import { retryPassing } from '../send/retry-passing.ts'
import { opened } from './opened.ts'

export type SettlingDeps = Pick<
  JobDeps,
  'sendingDb' | 'rings' | 'feedBell' | 'metrics' | 'log' | 'lineFaults'
>

/** Keeps and applies an envelope of status callbacks. */
export function applyStatuses(deps: JobDeps): JobHandler<'status.apply'> {
  return opened(deps, statusEnvelope, (callbacks) =>
    settle(deps, (tx) => applyCallbacks(tx, callbacks)),
  )
}

/** Applies what was kept and could not be applied when it came. */
export async function settleStatuses(deps: SettlingDeps, messageSids: string[]): Promise<void> {
  await settle(deps, (tx) => applyStatusEvents(tx, messageSids))
}

async function settle(deps: SettlingDeps, apply: (tx: Db) => Promise<AppliedStatuses>) {
  const { sendingDb, rings, feedBell, metrics } = deps
  // Together: after a crash in between nobody would try again what failed for a reason that passes.
  const { lineIds, foreignSids, ...ends } = await sendingDb.transaction(async (tx) => {
    const applied = await apply(tx)
    if (applied.failures.length > 0) {
      await retryPassing(tx, applied.failures)
      await learnUnreachable(tx, applied.failures)
    }
    if (applied.reachable.length > 0) await setReachable(tx, applied.reachable)
    return applied
  })
  crashPoint('D8')
  for (const { errorCode } of ends.failures) metrics.failed(errorCode)
  await mindLines(deps, ends)
  if (lineIds.length > 0) feedBell.ring()
  for (const lineId of lineIds) await rings.deliveries(lineId)
  for (const messageSid of foreignSids) await rings.adopt(messageSid)
}
