import { sql } from 'drizzle-orm'
import type { Scenario } from '../scenario.ts'

export const t28: Scenario = {
  id: 'T28',
  title: 'members text STOP while texts are on their way: nothing later reaches them',
  async faults({ hub, loader, every }) {
    let turn = 0
    await every(5_000, () => {
      const group = hub.groups[turn++ % hub.groups.length]
      const member = group?.members[1]
      if (group && member) loader.text(group, member, 'STOP')
    })
  },
  async also({ db }) {
    const [row] = await db.execute<{ late: number; stops: number }>(sql`
      select (select count(*)::int from opt_outs) as stops, (
        select count(*)::int from messages as stop
        join deliveries on deliveries.conversation_id = stop.conversation_id
          and deliveries.address = stop.author_address and deliveries.seq > stop.seq
        where stop.body = 'STOP' and deliveries.state <> 'cancelled'
      ) as late
    `)
    return [
      ...(row?.late ? [`${row.late} texts were sent after STOP`] : []),
      ...(row?.stops ? [] : ['nobody stopped']),
    ]
  },
}
