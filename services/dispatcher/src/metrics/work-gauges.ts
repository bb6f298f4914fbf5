import { reviewCauses } from '@partyline/contracts/delivery-causes'
import type { Db } from '@partyline/db/client'
import { readWorkWaiting, type WorkWaiting } from '@partyline/db/queries/work-waiting'
import type { Metrics } from '@partyline/kit/metrics'
import { createSnapshot } from '@partyline/kit/snapshot'
import { createLineGauges } from './line-gauges.ts'
import type { UnprocessedGauge } from './unprocessed-gauge.ts'

const mostLines = 200
const timeoutMs = 1_500
const breakers = { twilio: 'refused', unread: 'unread', ahead: 'ahead', reconcile: 'reconcile' }

const texts = { kind: 'text', store: 'postgres' } as const

/** Every dispatcher reads the same database: added up they would say it twice. */
const shared = ' The same from every dispatcher: take max().'

/** What waits in Postgres: one statement for all of it, and none at all while nobody scrapes. */
export function createWorkGauges(
  metrics: Metrics,
  { db, unprocessed }: { db: Db; unprocessed: UnprocessedGauge },
): void {
  const gauges = Object.entries(figures).map(([name, { help, of }]) => ({
    gauge: metrics.gauge({ name, help: help + shared }),
    of,
  }))
  const review = metrics.gauge({
    name: 'partyline_deliveries_in_review',
    help: `Deliveries that wait for a person, by cause.${shared}`,
    labelNames: ['cause'],
  })
  const breaker = metrics.gauge({
    name: 'partyline_breaker_open',
    help: `Whether sending is paused, by cause: refused (Twilio turns the account down), unread, ahead and reconcile (what was sent before a silence is being found out).${shared}`,
    labelNames: ['cause'],
  })
  const ofLines = createLineGauges(metrics, shared)
  const read = createSnapshot(() => readWorkWaiting(db, { mostLines, timeoutMs }), {
    keptMs: 5_000,
    patienceMs: 2_000,
  })
  metrics.onScrape(async () => {
    const work = await read()
    review.reset()
    breaker.reset()
    ofLines(work?.lines ?? [])
    // No figure is better than an old one: who watches sees that Postgres is away.
    if (!work) {
      unprocessed.remove(texts)
      for (const { gauge } of gauges) gauge.remove()
      return
    }
    unprocessed.set(texts, work.inboxAge)
    for (const { gauge, of } of gauges) gauge.set(of(work))
    for (const cause of reviewCauses) review.set({ cause }, work.review[cause] ?? 0)
    for (const [name, cause] of Object.entries(breakers)) {
      breaker.set({ cause }, work.breakers.includes(name) ? 1 : 0)
    }
  })
}

const figures: Record<string, { help: string; of: (work: WorkWaiting) => number }> = {
  partyline_inbox_texts: {
    help: 'Texts that are kept in Postgres and not yet taken in.',
    of: ({ inbox }) => inbox,
  },
  partyline_dead_letters: {
    help: 'Texts that could not be taken in ten times and wait for a person.',
    of: ({ deadLetters }) => deadLetters,
  },
  partyline_deliveries_queued: {
    help: 'Deliveries that are to be sent, now or later.',
    of: ({ queued }) => queued,
  },
  partyline_oldest_due_delivery_age_seconds: {
    help: 'For how long the oldest delivery that may be sent could have been sent already.',
    of: ({ dueAge }) => dueAge,
  },
  partyline_deliveries_sending: {
    help: 'Deliveries that are claimed and under way to Twilio.',
    of: ({ sending }) => sending,
  },
  partyline_deliveries_unknown: {
    help: 'Deliveries that Twilio may or may not have.',
    of: ({ unknown }) => unknown,
  },
  partyline_oldest_unknown_delivery_age_seconds: {
    help: 'How long ago Twilio was asked to send the oldest delivery whose outcome is unknown.',
    of: ({ unknownAge }) => unknownAge,
  },
  partyline_dispatchers: {
    help: 'Dispatchers that have shown a sign of life in the last ten seconds.',
    of: ({ dispatchers }) => dispatchers,
  },
  partyline_backfill_age_seconds: {
    help: "How long ago Twilio's list was last compared with what came in.",
    of: ({ backfillAge }) => backfillAge,
  },
  partyline_backfill_failures: {
    help: "Comparisons with Twilio's list that have failed in turn.",
    of: ({ backfillFailures }) => backfillFailures,
  },
}
