import {
  claimWithoutReceipt,
  giveUpReceipts,
  releaseReceipts,
} from '@partyline/db/queries/receipts'
import { insertStatusEvents } from '@partyline/db/queries/status-events'
import type { JobDeps } from '../deps.ts'
import { settleStatuses } from '../jobs/apply-statuses.ts'

const batch = 50

/** Asks Twilio once what became of texts whose callbacks never came, and in the end says that nobody knows. */
export async function askReceipts(deps: JobDeps): Promise<void> {
  const { db, log, feedBell, stopping } = deps
  for (let asked = batch; asked === batch && !stopping.aborted;) asked = await askSome(deps)
  const silent = await giveUpReceipts(db)
  if (silent === 0) return
  log.info({ silent }, 'texts that nobody confirmed in three days')
  feedBell.ring()
}

async function askSome(deps: JobDeps): Promise<number> {
  const { db, twilio } = deps
  const sids = await claimWithoutReceipt(db, batch)
  for (const [index, sid] of sids.entries()) {
    try {
      const found = await twilio.fetchMessage(sid)
      if (found) await apply(deps, found)
    } catch (error) {
      await releaseReceipts(db, sids.slice(index))
      throw error
    }
  }
  return sids.length
}

/** Through the same ranks as a callback: what came meanwhile is not undone. */
async function apply(
  deps: JobDeps,
  { sid, status, errorCode }: { sid: string; status: string; errorCode: number | null },
): Promise<void> {
  const code = errorCode === null ? {} : { ErrorCode: String(errorCode) }
  const params = { MessageSid: sid, MessageStatus: status, ...code }
  const receivedAt = new Date().toISOString()
  const fresh = await insertStatusEvents(deps.db, [
    { params, receivedAt, deliveryId: null, attempt: null },
  ])
  if (fresh.length > 0) await settleStatuses(deps, fresh)
}
