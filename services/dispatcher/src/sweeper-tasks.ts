import { listMessagesAwaitingMedia } from '@partyline/db/queries/inbound-media'
import { listWaitingInbox } from '@partyline/db/queries/inbox'
import { expireClaims, listDueLines } from '@partyline/db/queries/record-results'
import { listWaitingStatuses } from '@partyline/db/queries/status-events'
import { wakeSnoozed } from '@partyline/db/queries/wake-snoozed'
import { crashPoint } from '@partyline/kit/crash-point'
import type { JobDeps } from './deps.ts'
import { fetchMedia } from './jobs/fetch-media.ts'
import { settleStatuses } from './jobs/apply-statuses.ts'
import { sendScheduled } from './jobs/send-scheduled.ts'
import { sendPushes } from './push/send-pushes.ts'
import { sendChunk } from './send/send-chunk.ts'
import { settleUnknown } from './settle/settle-unknown.ts'
import type { Task } from './sweeper.ts'

const batch = 100

/**
 * Finds in Postgres whatever no doorbell announced: Redis may have been down or flushed, a process may
 * have died between commit and ring. Runs in every dispatcher, on a timer of its own, because a schedule
 * kept in Redis would be lost with it.
 */
export const sweeperTasks: Record<string, Task> = {
  inbox: async (deps) => {
    const handed: Promise<void>[] = []
    for (const text of await listWaitingInbox(deps.db, batch)) {
      crashPoint('W1')
      const { taken } = await deps.takers.take({ ...text, waited: true })
      handed.push(taken)
    }
    await Promise.all(handed)
  },
  statuses: async (deps) => {
    const sids = await listWaitingStatuses(deps.db, batch)
    if (sids.length > 0) await settleStatuses(deps, sids)
  },
  'expired claims': async ({ db, log, feedBell, metrics }) => {
    const expired = await expireClaims(db)
    if (expired === 0) return
    metrics.claimsExpired(expired)
    log.warn({ expired }, 'claims of a process that is gone: looking into them')
    feedBell.ring()
  },
  unknown: settleUnknown,
  'due lines': async (deps) => {
    const lines = await listDueLines(deps.db)
    await Promise.all(lines.map((line) => wake(deps, line)))
  },
  media: async (deps) => {
    const { db, rings, log } = deps
    for (const messageId of await listMessagesAwaitingMedia(db, batch)) {
      if (!(await rings.media(messageId))) await fetchMedia(deps)({ messageId }, { log })
    }
  },
  scheduled: sendScheduled,
  pushes: sendPushes,
  snoozed: async ({ db, feedBell, stopping }) => {
    for (let woken = batch; woken === batch && !stopping.aborted;) {
      woken = await wakeSnoozed(db, batch)
      if (woken > 0) feedBell.ring()
    }
  },
}

const overdueMs = 10_000

/** By doorbell, so that the work is shared; by ourselves when nobody hears it or nobody acts on it. */
async function wake(deps: JobDeps, { id, overdue }: { id: string; overdue: number }) {
  const heard = await deps.rings.later(id, 0)
  if (heard && overdue < overdueMs) return
  while (!deps.stopping.aborted && (await sendChunk(deps, id)) === 'more');
}
