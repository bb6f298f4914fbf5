import { collectDefaultMetrics, Registry } from 'prom-client'

/** What a Prometheus scrape reads: the process itself, and whatever gauges the service adds. */
interface Metrics {
  registry: Registry
  read(): Promise<string>
}

/** Process figures are collected from the first scrape on: most installations never scrape. */
export function createMetrics(): Metrics {
  const registry = new Registry()
  let scraped = false
  return {
    registry,
    read() {
      if (!scraped) collectDefaultMetrics({ register: registry })
      scraped = true
      return registry.metrics()
    },
  }
}
