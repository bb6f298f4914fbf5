import { answers, type Check } from './answers.ts'
import type { Metrics } from './metrics.ts'

/** Says at every scrape whether each store answers this process. */
export function watchStores(metrics: Metrics, stores: Record<string, Check>): void {
  const up = metrics.gauge({
    name: 'partyline_store_up',
    help: 'Whether a store (postgres, redis) answers this process: 1 or 0.',
    labelNames: ['store'],
  })
  metrics.onScrape(async () => {
    const asked = Object.entries(stores).map(async ([store, check]) => {
      up.set({ store }, (await answers(check)) ? 1 : 0)
    })
    await Promise.all(asked)
  })
}
