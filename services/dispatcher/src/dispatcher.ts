import { ping } from '@partyline/db/queries/ping'
import { healthRoutes } from '@partyline/kit/health'
import { createHttp, type Http } from '@partyline/kit/http'
import type { Service } from '@partyline/kit/service'
import { watchStores } from '@partyline/kit/watch-stores'
import type { Deps, JobDeps } from './deps.ts'
import { createFeedRetention } from './feed-retention.ts'
import { createHeartbeat } from './heartbeat.ts'
import { processInbound } from './inbound/process-inbound.ts'
import { createTakers } from './inbound/takers.ts'
import { createDispatcherMetrics } from './metrics/dispatcher-metrics.ts'
import { watchWebhooks } from './metrics/watch-webhooks.ts'
import { watchWork } from './metrics/watch-work.ts'
import { createPushClient } from './push/push-client.ts'
import { createRings } from './rings.ts'
import { createLineFaults } from './send/line-faults.ts'
import { createRateLimiter } from './send/rate-limiter.ts'
import { createSlots } from './send/slots.ts'
import { holdBeforeFirstBeat } from './recover/hold-before-first-beat.ts'
import { createSweepers } from './sweepers.ts'
import { createTwilio } from './twilio/client.ts'
import { createWorkers } from './workers.ts'

/** A stop does not wait longer for texts that only have to be taken in: whoever runs on finds them. */
const leaveMs = 5_000

/** Moves messages: takes texts in, sends texts out, follows what becomes of them. */
export function createDispatcher(deps: Deps): Service & { http: Http } {
  const { config, log, db, redis, hasty, producer } = deps
  const { sending } = config
  const metrics = createDispatcherMetrics()
  const twilio = createTwilio(config.twilio, sending.timeoutMs, metrics.twilio)
  const pushClient = createPushClient(config)
  const stopping = new AbortController()
  const heartbeat = createHeartbeat(db, log)
  const { dispatchers } = heartbeat
  const jobDeps: JobDeps = {
    ...deps,
    metrics,
    twilio,
    pushClient,
    rings: createRings(producer, log),
    takers: createTakers((text) => processInbound(jobDeps, text)),
    limiter: createRateLimiter({ redis: hasty, prefix: config.redis.prefix, log, dispatchers }),
    slots: createSlots(sending.concurrency, dispatchers),
    lineFaults: createLineFaults(),
    // Until something was sent this process does not know, so its first success looks.
    breaker: { open: true },
    stopping: stopping.signal,
  }
  const workers = createWorkers(jobDeps)
  const sweepers = createSweepers(jobDeps)
  const retention = createFeedRetention({ db, log })
  const http = createHttp(log)
  healthRoutes(http, { postgres: () => ping(db), redis: () => redis.ping() }, metrics.metrics)
  watchStores(metrics.metrics, { postgres: () => ping(db), redis: () => hasty.ping() })
  watchWork(metrics.metrics, deps)
  watchWebhooks(metrics.metrics, deps)
  return {
    http,
    async start() {
      await holdBeforeFirstBeat(jobDeps)
      await heartbeat.start()
      await Promise.all([http.ready(), ...workers.map((worker) => worker.start())])
      for (const sweeper of sweepers) await sweeper.start()
      await retention.start()
    },
    async stop() {
      // What is under way with Twilio is finished and recorded; nothing new is begun.
      stopping.abort()
      jobDeps.takers.leaveIn(leaveMs)
      await Promise.all([
        ...sweepers.map((sweeper) => sweeper.stop()),
        retention.stop(),
        ...workers.map((worker) => worker.stop()),
      ])
      await jobDeps.takers.idle()
      await heartbeat.stop()
      await twilio.close()
      await pushClient.close()
      await http.close()
    },
  }
}
