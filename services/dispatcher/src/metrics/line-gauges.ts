import { rateOf } from '@partyline/contracts/sender-rate'
import type { LineWork } from '@partyline/db/queries/work-waiting'
import type { Metrics } from '@partyline/kit/metrics'
import { hideNumbers } from './hide-numbers.ts'

/** What each line has to send. By id; `partyline_line_info` says which name that is, and no number. */
export function createLineGauges(metrics: Metrics, shared: string): (lines: LineWork[]) => void {
  const gauge = (name: string, help: string) =>
    metrics.gauge({ name, help: help + shared, labelNames: ['line'] })
  const info = metrics.gauge({
    name: 'partyline_line_info',
    help: `1 for each line: its name, to show beside its id.${shared}`,
    labelNames: ['line', 'name'],
  })
  const queued = gauge(
    'partyline_line_deliveries_queued',
    'Deliveries of a line that are to be sent, now or later.',
  )
  const dueAge = gauge(
    'partyline_line_oldest_due_delivery_age_seconds',
    'For how long the oldest delivery of a line that may be sent could have been sent already.',
  )
  const rate = gauge(
    'partyline_line_rate_segments_per_second',
    'Segments that a line may send in a second.',
  )
  return (lines) => {
    for (const each of [info, queued, dueAge, rate]) each.reset()
    for (const line of lines) {
      info.set({ line: line.id, name: hideNumbers(line.name) }, 1)
      queued.set({ line: line.id }, line.queued)
      dueAge.set({ line: line.id }, line.dueAge)
      const { segmentsPerSecond } = rateOf(line.address, line.segmentsPerSecond)
      rate.set({ line: line.id }, segmentsPerSecond)
    }
  }
}
