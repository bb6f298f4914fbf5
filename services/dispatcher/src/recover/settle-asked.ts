import { findBehind } from '@partyline/db/queries/receipts'
import { insertStatusEvents } from '@partyline/db/queries/status-events'
import type { JobDeps } from '../deps.ts'
import { settleStatuses, type SettlingDeps } from '../jobs/apply-statuses.ts'
import type { TwilioMessage } from '../twilio/client.ts'

type Asked = Pick<TwilioMessage, 'sid' | 'status' | 'errorCode'>

/**
 * Settles texts of ours of which Twilio knows more than came here, through the same ranks as a callback:
 * what came meanwhile is not undone. Returns how many.
 */
export async function settleAsked(
  deps: SettlingDeps & Pick<JobDeps, 'db'>,
  asked: Asked[],
): Promise<number> {
  const behind = await findBehind(deps.db, asked)
  if (behind.length === 0) return 0
  const receivedAt = new Date().toISOString()
  const statuses = behind.map(({ sid, status, errorCode, deliveryId, attempt }) => {
    const code = errorCode === null ? {} : { ErrorCode: String(errorCode) }
    const params = { MessageSid: sid, MessageStatus: status, ...code }
    return { params, receivedAt, deliveryId, attempt }
  })
  const fresh = await insertStatusEvents(deps.db, statuses, 'asked')
  // From here on the sweeper finds them too.
  if (fresh.length > 0) await settleStatuses(deps, fresh)
  return fresh.length
}
