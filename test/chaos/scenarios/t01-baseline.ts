import { p95Of } from '../latency.ts'
import { quantile } from '../quantile.ts'
import type { Scenario } from '../scenario.ts'

export const t01: Scenario = {
  id: 'T01',
  title: 'baseline, no faults: answered in 50 ms (p99), on the phones in a second (p95)',
  // Of fewer answers a single pause of the machine would be the p99.
  seconds: 60,
  measures: true,
  async also(hub, loader) {
    const answered = quantile(loader.answers, 0.99)
    const arrived = p95Of(hub, loader, () => true)
    return [
      ...(answered > 50 ? [`answers took ${answered} ms (p99)`] : []),
      ...(arrived > 1_000 ? [`phones heard after ${arrived} ms (p95)`] : []),
    ]
  },
}
