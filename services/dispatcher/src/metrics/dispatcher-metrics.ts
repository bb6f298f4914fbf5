import { createJobMetrics, type ObserveJob } from '@partyline/kit/job-metrics'
import { createMetrics, type Metrics } from '@partyline/kit/metrics'
import type { Verdict } from '../settle/verdict.ts'
import type { SendOutcome } from '../twilio/outcome.ts'
import { createLineLabels } from './line-labels.ts'
import { createTwilioMetrics, type TwilioMetrics } from './twilio-metrics.ts'

export interface DispatcherMetrics {
  metrics: Metrics
  twilio: TwilioMetrics
  job: ObserveJob
  /** What came of one delivery that was to be sent. */
  sent(lineId: string, outcome: SendOutcome['outcome'], segments: number): void
  /** A line had something to send and its rate was used up. */
  rateLimited(lineId: string): void
  settled(verdict: Verdict['verdict'], deliveries: number): void
  claimsExpired(claims: number): void
  /** Twilio's last word on a delivery was that it failed. */
  failed(errorCode: number): void
  textTaken(outcome: 'taken' | 'failed' | 'dead'): void
  recovered(texts: number): void
}

/** What this process has done; what waits is everybody's, and read from the stores (work-gauges.ts). */
export function createDispatcherMetrics(): DispatcherMetrics {
  const metrics = createMetrics('dispatcher')
  const labelOf = createLineLabels()
  const sent = metrics.counter({
    name: 'partyline_deliveries_sent_total',
    help: 'Deliveries that Twilio was asked to send, by line and what came of it.',
    labelNames: ['line', 'outcome'],
  })
  const segments = metrics.counter({
    name: 'partyline_segments_sent_total',
    help: 'Segments that Twilio took, by line: what its rate counts.',
    labelNames: ['line'],
  })
  const waits = metrics.counter({
    name: 'partyline_rate_limit_waits_total',
    help: 'How often a line had something to send and had to wait for its rate.',
    labelNames: ['line'],
  })
  const settled = metrics.counter({
    name: 'partyline_unknown_settled_total',
    help: 'Looks at deliveries whose outcome was unknown, by verdict: accepted, resend, review, look_again.',
    labelNames: ['verdict'],
  })
  const expired = metrics.counter({
    name: 'partyline_claims_expired_total',
    help: 'Claims of a process that was gone: their outcome is unknown.',
  })
  const failed = metrics.counter({
    name: 'partyline_deliveries_failed_total',
    help: "Deliveries that a status callback called failed or undelivered, by Twilio's error code.",
    labelNames: ['code'],
  })
  const texts = metrics.counter({
    name: 'partyline_texts_taken_total',
    help: 'Tries to take in a text that was kept, by outcome: taken, failed (tried again), dead (a dead letter).',
    labelNames: ['outcome'],
  })
  const recovered = metrics.counter({
    name: 'partyline_texts_recovered_total',
    help: 'Texts that never reached us and were fetched from Twilio.',
  })
  for (const verdict of ['accepted', 'resend', 'review', 'look_again']) settled.inc({ verdict }, 0)
  for (const outcome of ['taken', 'failed', 'dead']) texts.inc({ outcome }, 0)
  return {
    metrics,
    twilio: createTwilioMetrics(metrics),
    job: createJobMetrics(metrics),
    sent(lineId, outcome, count) {
      const line = labelOf(lineId)
      sent.inc({ line, outcome })
      if (outcome === 'accepted') segments.inc({ line }, count)
    },
    rateLimited: (lineId) => waits.inc({ line: labelOf(lineId) }),
    settled: (verdict, deliveries) => settled.inc({ verdict }, deliveries),
    claimsExpired: (claims) => expired.inc(claims),
    failed: (code) => failed.inc({ code }),
    textTaken: (outcome) => texts.inc({ outcome }),
    recovered: (count) => recovered.inc(count),
  }
}
