import { inboundEnvelope } from '@partyline/contracts/jobs'
import { insertInbox } from '@partyline/db/queries/inbox'
import type { JobHandler } from '@partyline/kit/jobs'
import type { JobDeps } from '../deps.ts'
import { toKeptText } from '../inbound/to-kept-text.ts'
import { opened } from './opened.ts'

/**
 * Makes an envelope of webhooks durable in Postgres; from then on its texts are taken in beside this
 * job. One envelope at a time, so that they are kept in the order in which they came.
 */
export function acceptInbound({ db, config, takers }: JobDeps): JobHandler<'inbound.accept'> {
  return opened({ config }, inboundEnvelope, async (webhooks) => {
    const fresh = new Set(await insertInbox(db, webhooks, 'webhook'))
    for (const text of webhooks.map(toKeptText)) {
      if (fresh.delete(text.messageSid)) await takers.take(text)
    }
  })
}
