import type { Metrics } from '@partyline/kit/metrics'

export type UnprocessedGauge = ReturnType<typeof createUnprocessedGauge>

/** A webhook waits in Redis first and in Postgres then: one figure for both, so that one alert sees both. */
export function createUnprocessedGauge(metrics: Metrics) {
  return metrics.gauge({
    name: 'partyline_oldest_unprocessed_age_seconds',
    help: 'Age of the oldest webhook that was answered and is not taken in yet, by kind (text, status) and store (redis, postgres). The same from every dispatcher: take max().',
    labelNames: ['kind', 'store'],
  })
}
