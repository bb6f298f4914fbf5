import { AppError } from '@partyline/contracts/errors'
import { type InboundWebhook, sealPurpose, type StatusCallback } from '@partyline/contracts/jobs'
import type { Db } from '@partyline/db/client'
import { insertInbox } from '@partyline/db/queries/inbox'
import { insertStatusEvents } from '@partyline/db/queries/status-events'
import { crashPoint } from '@partyline/kit/crash-point'
import type { Producer } from '@partyline/kit/jobs'
import type { Logger } from '@partyline/kit/log'
import { reasonOf } from '@partyline/kit/reason'
import { createSeal } from '@partyline/kit/seal'
import type { Config } from './config.ts'
import { createEnvelope } from './envelope.ts'
import type { IngressMetrics } from './ingress-metrics.ts'
import { within } from '@partyline/kit/within'

export interface Durable {
  /** Resolves once the text is in Redis or in Postgres; rejects with `unavailable` if it is in neither. */
  keepInbound(webhook: InboundWebhook): Promise<void>
  keepStatus(callback: StatusCallback): Promise<void>
}

interface DurableDeps {
  producer: Producer
  db: Db
  log: Logger
  /** The first one seals what waits in Redis. */
  authTokens: Config['authTokens']
  metrics: Pick<IngressMetrics, 'kept'>
}

/** One envelope on its way to a store. */
interface Keeping {
  kind: 'message' | 'status'
  count: number
  enqueue: () => Promise<void>
  insert: () => Promise<unknown>
}

const redisPatienceMs = 1_000
const postgresPatienceMs = 900
const maxWebhooksPerJob = 100

/**
 * Our 2xx is a promise. Redis first; when it does not answer in a second, Postgres. An enqueue that
 * failed may still have happened: the SID makes the text that is then kept twice one text.
 */
export function createDurable(deps: DurableDeps): Durable {
  const { producer, db, log, metrics } = deps
  const { seal } = createSeal(deps.authTokens, sealPurpose)

  async function keep({ kind, count, enqueue, insert }: Keeping) {
    crashPoint('I1')
    try {
      await within(redisPatienceMs, enqueue())
      crashPoint('I2')
      metrics.kept(kind, 'redis', count)
      return
    } catch (error) {
      log.warn({ reason: reasonOf(error) }, 'Redis did not take a webhook, Postgres is next')
    }
    try {
      await within(postgresPatienceMs, insert())
      crashPoint('I3')
      metrics.kept(kind, 'postgres', count)
    } catch (error) {
      metrics.kept(kind, 'none', count)
      log.error({ reason: reasonOf(error) }, 'neither Redis nor Postgres took a webhook')
      throw new AppError('unavailable', 'Cannot store this now. Send it again.')
    }
  }

  return {
    keepInbound: createEnvelope(
      (webhooks) =>
        keep({
          kind: 'message',
          count: webhooks.length,
          enqueue: () => producer.enqueue('inbound.accept', { sealed: seal(webhooks) }),
          insert: () => insertInbox(db, webhooks, 'fallback'),
        }),
      maxWebhooksPerJob,
    ),
    keepStatus: createEnvelope(
      (callbacks) =>
        keep({
          kind: 'status',
          count: callbacks.length,
          enqueue: () => producer.enqueue('status.apply', { sealed: seal(callbacks) }),
          insert: () => insertStatusEvents(db, callbacks),
        }),
      maxWebhooksPerJob,
    ),
  }
}
