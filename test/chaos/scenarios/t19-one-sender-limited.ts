import { sql } from 'drizzle-orm'
import type { Scenario } from '../scenario.ts'

export const t19: Scenario = {
  id: 'T19',
  title: 'Twilio limits one sender (429): the others go on, nothing fails',
  async faults({ hub, wait, random }) {
    await wait(3_000)
    const [first] = hub.groups
    hub.simulator.misbehave({
      tooManyRequests: 0.8,
      onlyFrom: first?.address ?? null,
      seed: Math.floor(random() * 1e6),
    })
    await wait(12_000)
    hub.simulator.misbehave({})
  },
  async also({ db, groups: [limited] }) {
    const [row] = await db.execute<{ seconds: number; failed: number }>(sql`
      select coalesce(max(extract(epoch from attempt_at - created_at))
          filter (where conversation_id <> ${limited?.conversationId ?? ''}), 0)::float8 as seconds,
        (count(*) filter (where state = 'failed'))::int as failed
      from deliveries
    `)
    return [
      ...(row?.failed ? [`${row.failed} failed`] : []),
      ...(row && row.seconds > 2 ? [`another line waited ${row.seconds.toFixed(1)} s`] : []),
    ]
  },
}
