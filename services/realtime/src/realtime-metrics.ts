import type { ErrorCode } from '@partyline/contracts/errors'
import type { Db } from '@partyline/db/client'
import { findFeedLag } from '@partyline/db/queries/feed-lag'
import { createMetrics, type Metrics } from '@partyline/kit/metrics'
import { createSnapshot } from '@partyline/kit/snapshot'

export interface RealtimeMetrics {
  metrics: Metrics
  /** A batch of changes was told, the first of which began to happen so long ago. */
  relayed(changes: number, ageMs: number): void
  refused(code: ErrorCode): void
}

interface Deps {
  db: Db
  /** Everything up to here has been told. */
  cursor: () => string
  sockets: () => number
}

const timeoutMs = 1_500

export function createRealtimeMetrics({ db, cursor, sockets }: Deps): RealtimeMetrics {
  const metrics = createMetrics('realtime')
  const told = metrics.histogram({
    name: 'partyline_feed_relay_delay_seconds',
    help: 'From a change to its telling: of each batch that was told to sockets, the age of its oldest change.',
    buckets: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
  })
  const changes = metrics.counter({
    name: 'partyline_feed_changes_relayed_total',
    help: 'Changes that were told to sockets.',
  })
  const refusals = metrics.counter({
    name: 'partyline_sockets_refused_total',
    help: 'Sockets that were not let in, by the code of the error.',
    labelNames: ['code'],
  })
  for (const code of ['wrong_origin', 'not_signed_in', 'unavailable']) refusals.inc({ code }, 0)
  const open = metrics.gauge({
    name: 'partyline_sockets_connected',
    help: 'Dashboards that hold a socket to this process.',
  })
  const lag = metrics.gauge({
    name: 'partyline_feed_lag_seconds',
    help: 'Age of the oldest change that this process has not told its sockets yet; 0 when it has told all.',
  })
  const findLag = createSnapshot(() => findFeedLag(db, cursor(), timeoutMs), {
    keptMs: 5_000,
    patienceMs: 2_000,
  })
  metrics.onScrape(async () => {
    open.set(sockets())
    const seconds = await findLag()
    if (seconds === undefined) lag.remove()
    else lag.set(seconds)
  })
  return {
    metrics,
    relayed(count, ageMs) {
      told.observe(ageMs / 1_000)
      changes.inc(count)
    },
    refused: (code) => refusals.inc({ code }),
  }
}
