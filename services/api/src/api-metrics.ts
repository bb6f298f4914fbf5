import { createMetrics, type Metrics } from '@partyline/kit/metrics'
import type { FastifyReply } from 'fastify'

export interface ApiMetrics {
  metrics: Metrics
  /** One request that was answered. */
  answered(reply: FastifyReply): void
}

/** By the route's pattern: an address with its ids would be a series for every conversation. */
export function createApiMetrics(): ApiMetrics {
  const metrics = createMetrics('api')
  const durations = metrics.histogram({
    name: 'partyline_api_request_duration_seconds',
    help: 'How long requests to the api took, by method, route and status.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
  })
  return {
    metrics,
    answered(reply) {
      const { method, routeOptions } = reply.request
      const route = routeOptions.url ?? 'none'
      if (route !== 'none' && !route.startsWith('/api')) return
      const labels = { method, route, status: reply.statusCode }
      durations.observe(labels, reply.elapsedTime / 1_000)
    },
  }
}
