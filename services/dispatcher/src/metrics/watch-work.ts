import type { Metrics } from '@partyline/kit/metrics'
import type { Deps } from '../deps.ts'
import { createQueueGauges } from './queue-gauges.ts'
import { createUnprocessedGauge } from './unprocessed-gauge.ts'
import { createWorkGauges } from './work-gauges.ts'

/** What waits, in Postgres and in Redis, looked at when somebody scrapes. */
export function watchWork(metrics: Metrics, { db, producer }: Pick<Deps, 'db' | 'producer'>): void {
  const unprocessed = createUnprocessedGauge(metrics)
  createWorkGauges(metrics, { db, unprocessed })
  createQueueGauges(metrics, { producer, unprocessed })
}
