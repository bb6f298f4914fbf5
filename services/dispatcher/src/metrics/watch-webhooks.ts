import { listUnreachedLines } from '@partyline/db/queries/unreached-lines'
import type { Metrics } from '@partyline/kit/metrics'
import { createSnapshot } from '@partyline/kit/snapshot'
import type { Deps } from '../deps.ts'

/** Lines whose texts go elsewhere, as of the last look at the account. */
export function watchWebhooks(
  metrics: Metrics,
  { db, config }: { db: Deps['db']; config: { publicUrl: string } },
): void {
  const gauge = metrics.gauge({
    name: 'partyline_lines_with_wrong_webhooks',
    help: 'Lines whose texts do not come here, because of their webhook at Twilio or because the account has no such number. The same from every dispatcher: take max().',
  })
  const read = createSnapshot(() => listUnreachedLines(db, config.publicUrl), {
    keptMs: 5_000,
    patienceMs: 2_000,
  })
  metrics.onScrape(async () => {
    const lines = await read()
    // No figure is better than an old one.
    if (lines) gauge.set(lines.length)
    else gauge.remove()
  })
}
