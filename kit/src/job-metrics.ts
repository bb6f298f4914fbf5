import type { JobName } from '@partyline/contracts/jobs'
import type { Metrics } from './metrics.ts'

export type ObserveJob = (name: JobName, outcome: 'done' | 'failed', seconds: number) => void

/** How long jobs take and how they end. A job that fails and is tried again ends once for each try. */
export function createJobMetrics(metrics: Metrics): ObserveJob {
  const durations = metrics.histogram({
    name: 'partyline_job_duration_seconds',
    help: 'How long jobs took, by name and outcome (done, failed).',
    labelNames: ['name', 'outcome'],
    buckets: [0.005, 0.025, 0.1, 0.25, 1, 2.5, 5, 10, 30],
  })
  return (name, outcome, seconds) => durations.observe({ name, outcome }, seconds)
}
