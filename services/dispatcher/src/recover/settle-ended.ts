import { isTwilioStatus, twilioStatusRank } from '@partyline/contracts/delivery-status'
import type { JobDeps } from '../deps.ts'
import type { TwilioMessage } from '../twilio/client.ts'
import type { SettlingDeps } from '../jobs/apply-statuses.ts'
import { settleAsked } from './settle-asked.ts'

type Deps = SettlingDeps & Pick<JobDeps, 'db' | 'log' | 'stopping'>
type Listed = Pick<TwilioMessage, 'sid' | 'direction' | 'status' | 'errorCode'>

const batch = 500

/** Settles what Twilio's list shows at its end while no callback told us: Twilio calls back once. */
export async function settleEnded(deps: Deps, listed: Listed[]): Promise<void> {
  const ended = listed.filter(({ direction, status }) => direction !== 'inbound' && isEnd(status))
  for (let start = 0; start < ended.length && !deps.stopping.aborted; start += batch) {
    const settled = await settleAsked(deps, ended.slice(start, start + batch))
    if (settled > 0) deps.log.info({ settled }, 'texts whose callbacks never came')
  }
}

const isEnd = (status: string) =>
  isTwilioStatus(status) && twilioStatusRank[status] >= twilioStatusRank.failed
