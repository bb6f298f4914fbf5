import { createMetrics, type Metrics } from '@partyline/kit/metrics'
import type { FastifyReply } from 'fastify'
import type { Refusal } from './refusals.ts'

export interface IngressMetrics {
  metrics: Metrics
  /** One webhook that was answered. */
  answered(reply: FastifyReply): void
  refused(reason: Refusal['reason']): void
  kept(kind: 'message' | 'status', store: Store, count: number): void
}

type Store = 'redis' | 'postgres' | 'none'

const kinds: Record<string, string> = {
  '/webhooks/twilio/messages': 'message',
  '/webhooks/twilio/status': 'status',
  '/webhooks/twilio/events': 'event',
  '/webhooks/twilio/*': 'other',
}

/** Every series is there from the start: a first refusal is a change that an alert sees. */
export function createIngressMetrics(): IngressMetrics {
  const metrics = createMetrics('ingress')
  const durations = metrics.histogram({
    name: 'partyline_webhook_duration_seconds',
    help: "How long Twilio's webhooks waited for their answer, by kind (message, status, event, other) and outcome (kept, refused, invalid, unavailable).",
    labelNames: ['kind', 'outcome'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 5],
  })
  const refusals = metrics.counter({
    name: 'partyline_webhooks_refused_total',
    help: 'Webhooks that nobody vouched for, by reason: no signature, bad signature, foreign account.',
    labelNames: ['reason'],
  })
  const kept = metrics.counter({
    name: 'partyline_webhooks_kept_total',
    help: 'Texts and status callbacks by where they were made durable: redis, postgres (Redis was away), none (answered 503).',
    labelNames: ['kind', 'store'],
  })
  for (const reason of ['no signature', 'bad signature', 'foreign account']) {
    refusals.inc({ reason }, 0)
  }
  for (const kind of ['message', 'status']) {
    for (const store of ['redis', 'postgres', 'none']) kept.inc({ kind, store }, 0)
  }
  return {
    metrics,
    answered(reply) {
      const kind = kinds[reply.request.routeOptions.url ?? '']
      if (kind === undefined) return
      durations.observe({ kind, outcome: outcomeOf(reply.statusCode) }, reply.elapsedTime / 1_000)
    },
    refused: (reason) => refusals.inc({ reason }),
    kept: (kind, store, count) => kept.inc({ kind, store }, count),
  }
}

function outcomeOf(status: number): string {
  if (status < 300) return 'kept'
  if (status === 403) return 'refused'
  return status < 500 ? 'invalid' : 'unavailable'
}
