import { createWorker } from '@partyline/kit/jobs'
import type { Service } from '@partyline/kit/service'
import type { JobDeps } from './deps.ts'
import { acceptInbound } from './jobs/accept-inbound.ts'
import { adoptMessage } from './jobs/adopt-message.ts'
import { applyStatuses } from './jobs/apply-statuses.ts'
import { fetchMedia } from './jobs/fetch-media.ts'
import { recoverTexts } from './jobs/recover-texts.ts'
import { sendDeliveries } from './jobs/send-deliveries.ts'
import { sendScheduled } from './jobs/send-scheduled.ts'
import { sendPushes } from './push/send-pushes.ts'
import { tendAccount } from './jobs/tend-account.ts'

/** One worker a queue, with a handler for every job of it. */
export function createWorkers(deps: JobDeps): Service[] {
  const { redis, config, log, metrics } = deps
  const common = { redis, prefix: config.redis.prefix, log, observe: metrics.job }
  return [
    createWorker({
      ...common,
      queue: 'inbound',
      // They are only kept here, in their order; taking them in goes on side by side.
      concurrency: 1,
      handlers: { 'inbound.accept': acceptInbound(deps) },
    }),
    createWorker({
      ...common,
      queue: 'status',
      concurrency: 4,
      handlers: { 'status.apply': applyStatuses(deps), 'message.adopt': adoptMessage(deps) },
    }),
    createWorker({
      ...common,
      queue: 'outbound',
      concurrency: 4,
      handlers: {
        'delivery.send': sendDeliveries(deps),
        'scheduled.send': () => sendScheduled(deps),
      },
    }),
    createWorker({
      ...common,
      queue: 'media',
      concurrency: 2,
      handlers: { 'media.fetch': fetchMedia(deps) },
    }),
    createWorker({
      ...common,
      queue: 'push',
      concurrency: 1,
      handlers: { 'push.send': () => sendPushes(deps) },
    }),
    createWorker({
      ...common,
      queue: 'account',
      concurrency: 1,
      handlers: { 'account.look': tendAccount(deps), 'texts.recover': recoverTexts(deps) },
    }),
  ]
}
