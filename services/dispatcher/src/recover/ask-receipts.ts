import {
  claimWithoutReceipt,
  giveUpReceipts,
  releaseReceipts,
} from '@partyline/db/queries/receipts'
import type { JobDeps } from '../deps.ts'
import { settleAsked } from './settle-asked.ts'

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
      if (found) await settleAsked(deps, [found])
    } catch (error) {
      await releaseReceipts(db, sids.slice(index))
      throw error
    }
  }
  return sids.length
}
