import { inboundEnvelope, type InboundWebhook } from '@partyline/contracts/jobs'
import { insertInbox } from '@partyline/db/queries/inbox'
import type { JobHandler } from '@partyline/kit/jobs'
import type { JobDeps } from '../deps.ts'
import { processInbound } from '../inbound/process-inbound.ts'
import { createTurns } from '../inbound/turns.ts'
import { opened } from './opened.ts'

/** Makes an envelope of webhooks durable in Postgres, then turns each into a message. */
export function acceptInbound(deps: JobDeps): JobHandler<'inbound.accept'> {
  const turns = createTurns()
  return opened(deps, inboundEnvelope, async (webhooks) => {
    // Asked for before anything is awaited: jobs begin in the order in which their texts came.
    const texts = webhooks.map((webhook) => ({
      ...named(webhook),
      turn: turns.take(keyOf(webhook)),
    }))
    try {
      const fresh = new Set(await insertInbox(deps.db, webhooks, 'webhook'))
      await Promise.all(
        texts.map(async ({ messageSid, turn }) => {
          await turn.ready
          if (fresh.has(messageSid)) await processInbound(deps, messageSid)
          turn.done()
        }),
      )
    } finally {
      for (const { turn } of texts) turn.done()
    }
  })
}

function named({ params }: InboundWebhook) {
  return { messageSid: String(params['MessageSid'] ?? params['SmsSid']) }
}

function keyOf({ params }: InboundWebhook): string {
  return `${String(params['From'])} ${String(params['To'])}`
}
