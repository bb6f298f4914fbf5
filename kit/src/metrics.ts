import {
  collectDefaultMetrics,
  Counter,
  type CounterConfiguration,
  Gauge,
  type GaugeConfiguration,
  Histogram,
  type HistogramConfiguration,
  Registry,
} from 'prom-client'

/**
 * What a Prometheus scrape reads of one service. A registry each, since several may run in one process.
 * Labels are never called `job` or `instance`: those are Prometheus's own.
 */
export interface Metrics {
  counter<Label extends string = never>(
    given: Omit<CounterConfiguration<Label>, 'registers'>,
  ): Counter<Label>
  gauge<Label extends string = never>(
    given: Omit<GaugeConfiguration<Label>, 'registers'>,
  ): Gauge<Label>
  histogram<Label extends string = never>(
    given: Omit<HistogramConfiguration<Label>, 'registers'>,
  ): Histogram<Label>
  /** Done before each scrape is answered. Must come to an end soon, and must not reject. */
  onScrape(refresh: () => Promise<void>): void
  scrape(): Promise<{ contentType: string; text: string }>
}

/** Process figures are collected from the first scrape on: most installations never scrape. */
export function createMetrics(service: string): Metrics {
  const registry = new Registry()
  const registers = [registry]
  const refreshes: (() => Promise<void>)[] = []
  let scraped = false
  new Gauge({
    name: 'partyline_service_info',
    help: '1 for each process, and which service it is.',
    labelNames: ['service'],
    registers,
  }).set({ service }, 1)
  return {
    counter: (given) => new Counter({ ...given, registers }),
    gauge: (given) => new Gauge({ ...given, registers }),
    histogram: (given) => new Histogram({ ...given, registers }),
    onScrape: (refresh) => void refreshes.push(refresh),
    async scrape() {
      if (!scraped) collectProcess(registry)
      scraped = true
      await Promise.all(refreshes.map((refresh) => refresh()))
      return { contentType: registry.contentType, text: await registry.metrics() }
    },
  }
}

/** Gauges that are called like counters, which Prometheus's own tools complain of. */
const misnamed = [
  'nodejs_active_handles_total',
  'nodejs_active_requests_total',
  'nodejs_active_resources_total',
]

function collectProcess(registry: Registry): void {
  collectDefaultMetrics({ register: registry })
  for (const name of misnamed) registry.removeSingleMetric(name)
}
