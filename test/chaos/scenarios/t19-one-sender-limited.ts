import { sql } from 'drizzle-orm'
import type { Hub } from '../hub.ts'
import { latenciesOf } from '../latency.ts'
import type { Loader, Text } from '../loader.ts'
import { quantile } from '../quantile.ts'
import type { Scenario } from '../scenario.ts'

/** From and until when the first group's line was limited, in ms since 1970. */
const limits = new WeakMap<Hub, { from: number; until: number }>()
/** Half of the texts of a fifth of a second differ by this much on an idle machine. */
const noiseMs = 100

export const t19: Scenario = {
  id: 'T19',
  title: 'Twilio limits one sender (429): the others are as fast as without, nothing fails',
  measures: true,
  async faults({ hub, wait, random }) {
    await wait(6_000)
    const [first] = hub.groups
    const from = Date.now()
    hub.simulator.misbehave({
      tooManyRequests: 0.8,
      onlyFrom: first?.address ?? null,
      seed: Math.floor(random() * 1e6),
    })
    await wait(8_000)
    hub.simulator.misbehave({})
    limits.set(hub, { from, until: Date.now() })
  },
  async also(hub, loader) {
    const [row] = await hub.db.execute<{ failed: number; again: number }>(sql`
      select (count(*) filter (where state = 'failed'))::int as failed,
        (count(*) filter (where attempt > 1))::int as again
      from deliveries
    `)
    return [
      ...(row?.failed ? [`${row.failed} failed`] : []),
      ...(row?.again ? [] : ['nothing was limited']),
      ...slower(hub, loader),
    ]
  },
}

function slower(hub: Hub, loader: Loader): string[] {
  const { from, until } = limits.get(hub) ?? { from: 0, until: 0 }
  const isOther = ({ group }: Text) => group !== hub.groups[0]
  const isDuring = ({ at }: Text) => at >= from && at < until
  const medianOf = (wanted: (text: Text) => boolean) =>
    quantile(latenciesOf(hub, loader, wanted), 0.5)
  const during = medianOf((text) => isOther(text) && isDuring(text))
  const usual = medianOf((text) => isOther(text) && !isDuring(text))
  return during > 1.2 * usual + noiseMs
    ? [`the others took ${during} ms while one was limited, ${usual} ms otherwise`]
    : []
}
