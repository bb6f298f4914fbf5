import { ping } from '@partyline/db/queries/ping'
import { healthRoutes } from '@partyline/kit/health'
import { createHttp, type Http } from '@partyline/kit/http'
import { createWorker } from '@partyline/kit/jobs'
import type { Service } from '@partyline/kit/service'
import type { Deps, JobDeps } from './deps.ts'
import { acceptInbound } from './jobs/accept-inbound.ts'
import { adoptMessage } from './jobs/adopt-message.ts'
import { applyStatuses } from './jobs/apply-statuses.ts'
import { fetchMedia } from './jobs/fetch-media.ts'
import { sendDeliveries } from './jobs/send-deliveries.ts'
import { createRings } from './rings.ts'
import { createSweeper } from './sweeper.ts'
import { createTwilio } from './twilio/client.ts'

/** Moves messages: takes texts in, sends texts out, follows what becomes of them. */
export function createDispatcher(deps: Deps): Service & { http: Http } {
  const { config, log, db, redis, producer } = deps
  const twilio = createTwilio(config.twilio)
  const jobDeps: JobDeps = { ...deps, twilio, rings: createRings(producer, log) }
  const common = { redis, prefix: config.redis.prefix, log }
  const workers = [
    createWorker({
      ...common,
      queue: 'inbound',
      concurrency: 8,
      handlers: { 'inbound.accept': acceptInbound(jobDeps) },
    }),
    createWorker({
      ...common,
      queue: 'status',
      concurrency: 4,
      handlers: {
        'status.apply': applyStatuses(jobDeps),
        'message.adopt': adoptMessage(jobDeps),
      },
    }),
    createWorker({
      ...common,
      queue: 'outbound',
      concurrency: 2,
      handlers: { 'delivery.send': sendDeliveries(jobDeps) },
    }),
    createWorker({
      ...common,
      queue: 'media',
      concurrency: 2,
      handlers: { 'media.fetch': fetchMedia(jobDeps) },
    }),
  ]
  const sweeper = createSweeper(jobDeps)
  const http = createHttp(log)
  healthRoutes(http, { postgres: () => ping(db), redis: () => redis.ping() })
  return {
    http,
    async start() {
      await Promise.all([http.ready(), ...workers.map((worker) => worker.start())])
      await sweeper.start()
    },
    async stop() {
      await Promise.all([sweeper.stop(), ...workers.map((worker) => worker.stop())])
      await twilio.close()
      await http.close()
    },
  }
}
