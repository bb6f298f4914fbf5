import type { JobHandler } from '@partyline/kit/jobs'
import { insertInbox } from '@partyline/db/queries/inbox'
import type { JobDeps } from '../deps.ts'
import { processInbound } from '../inbound/process-inbound.ts'

/** Makes an envelope of webhooks durable in Postgres, then turns each into a message. */
export function acceptInbound(deps: JobDeps): JobHandler<'inbound.accept'> {
  return async ({ webhooks }) => {
    const fresh = await insertInbox(deps.db, webhooks, 'webhook')
    // One after another: texts of one envelope keep the order in which they came.
    for (const messageSid of fresh) await processInbound(deps, messageSid)
  }
}
