import { listMessagesAwaitingMedia } from '@partyline/db/queries/inbound-media'
import { listWaitingInbox } from '@partyline/db/queries/inbox'
import { expireClaims, listDueLines } from '@partyline/db/queries/record-results'
import { sendNextDue } from '@partyline/db/queries/scheduled'
import { listWaitingStatuses } from '@partyline/db/queries/status-events'
import { reasonOf } from '@partyline/kit/reason'
import type { Service } from '@partyline/kit/service'
import type { JobDeps } from './deps.ts'
import { processInbound } from './inbound/process-inbound.ts'
import { settleStatuses } from './jobs/apply-statuses.ts'

const everyMs = 1_000
const batch = 100

/**
 * Finds in Postgres whatever no doorbell announced: Redis may have been down or flushed, a process may
 * have died between commit and ring. Runs in every dispatcher, on a timer of its own, because a schedule
 * kept in Redis would be lost with it.
 */
export function createSweeper(deps: JobDeps): Service {
  const { db, rings, feedBell, log } = deps
  let timer: NodeJS.Timeout | undefined
  let pass: Promise<void> | undefined

  async function sweep() {
    for (const sid of await listWaitingInbox(db, { olderThanMs: 1_500, limit: batch })) {
      await processInbound(deps, sid)
    }
    const statuses = await listWaitingStatuses(db, batch)
    if (statuses.length > 0) await settleStatuses(deps, statuses)
    const expired = await expireClaims(db)
    if (expired > 0) {
      log.warn({ expired }, 'claims of a process that is gone: looking into them')
      feedBell.ring()
    }
    for (const lineId of await listDueLines(db)) await rings.deliveries(lineId)
    for (const messageId of await listMessagesAwaitingMedia(db, batch)) await rings.media(messageId)
    await sendScheduled()
  }

  /** Texts whose time has come, one transaction each: one that fails does not hold up the next. */
  async function sendScheduled() {
    for (let sent = await sendNextDue(db); sent !== 'done'; sent = await sendNextDue(db)) {
      feedBell.ring()
      if (sent?.lineId) await rings.deliveries(sent.lineId, sent.deliveryCount)
    }
  }

  function tick() {
    pass ??= sweep()
      .catch((error: unknown) => {
        log.warn({ reason: reasonOf(error) }, 'sweep')
      })
      .finally(() => {
        pass = undefined
        // A little chance keeps several dispatchers from sweeping in step.
        timer = setTimeout(tick, everyMs * (0.8 + 0.4 * Math.random()))
      })
  }

  return {
    async start() {
      tick()
    },
    async stop() {
      await pass
      clearTimeout(timer)
    },
  }
}
