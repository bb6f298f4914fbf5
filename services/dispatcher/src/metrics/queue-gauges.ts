import type { Producer } from '@partyline/kit/jobs'
import type { Metrics } from '@partyline/kit/metrics'
import { createSnapshot } from '@partyline/kit/snapshot'
import type { UnprocessedGauge } from './unprocessed-gauge.ts'

/** Queues of what is in no database yet. The others hold doorbells only. */
const queues = { inbound: 'text', status: 'status' } as const

/** What waits in Redis. */
export function createQueueGauges(
  metrics: Metrics,
  { producer, unprocessed }: { producer: Producer; unprocessed: UnprocessedGauge },
): void {
  const read = async () => {
    const [inbound, status] = await Promise.all([
      producer.oldest('inbound'),
      producer.oldest('status'),
    ])
    return { inbound, status }
  }
  const snapshot = createSnapshot(read, { keptMs: 5_000, patienceMs: 2_500 })
  metrics.onScrape(async () => {
    const oldest = await snapshot()
    for (const queue of ['inbound', 'status'] as const) {
      const labels = { kind: queues[queue], store: 'redis' } as const
      if (!oldest) unprocessed.remove(labels)
      else unprocessed.set(labels, ageOf(oldest[queue]))
    }
  })
}

const ageOf = (at: Date | undefined) => (at ? Math.max(0, Date.now() - at.getTime()) / 1_000 : 0)
