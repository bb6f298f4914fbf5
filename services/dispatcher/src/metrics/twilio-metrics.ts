import type { Metrics } from '@partyline/kit/metrics'

/** One request to Twilio and its end: the HTTP status, or why there is none. */
export interface Asked {
  operation: 'send' | 'fetch' | 'list' | 'media' | 'other'
  status: number | 'not_sent' | 'no_answer'
  /** Twilio's own error number, where the answer has one. */
  code?: number | undefined
  seconds: number
}

export interface TwilioMetrics {
  asked(asked: Asked): void
}

export function createTwilioMetrics(metrics: Metrics): TwilioMetrics {
  const durations = metrics.histogram({
    name: 'partyline_twilio_request_duration_seconds',
    help: 'How long Twilio took to answer, by operation (send, fetch, list, media, other) and HTTP status, not_sent (it could not be reached) or no_answer.',
    labelNames: ['operation', 'status'],
    buckets: [0.05, 0.1, 0.2, 0.3, 0.5, 0.75, 1, 2, 5, 10, 30],
  })
  const errors = metrics.counter({
    name: 'partyline_twilio_errors_total',
    help: "Requests to Twilio that it did not grant, by operation and Twilio's error code, or else the HTTP status, not_sent or no_answer.",
    labelNames: ['operation', 'code'],
  })
  return {
    asked({ operation, status, code, seconds }) {
      durations.observe({ operation, status }, seconds)
      if (typeof status === 'number' && status < 400) return
      errors.inc({ operation, code: code ?? status })
    },
  }
}
