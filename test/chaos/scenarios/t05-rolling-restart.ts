import type { Db } from '@partyline/db/client'
import { sql } from 'drizzle-orm'
import type { Scenario } from '../scenario.ts'

export const t05: Scenario = {
  id: 'T05',
  title: 'rolling restart by SIGTERM, one after the other: nothing is ever in doubt',
  seconds: 30,
  // Something is under way to Twilio whenever one is asked to stop.
  textsPerSecond: 20,
  ingresses: 2,
  // Each has to be up again before the next is stopped.
  measures: true,
  async faults({ hub, every, measured }) {
    await noteDoubts(hub.db)
    let turn = 0
    const longest = async (what: string, step: Promise<void> | undefined) => {
      const began = performance.now()
      await step
      measured[what] = Math.max(measured[what] ?? 0, Math.round(performance.now() - began))
    }
    const all = [...hub.dispatchers, ...hub.ingresses]
    await every(500, async () => {
      const next = all[turn++ % all.length]
      await longest('stopMs', next?.restart('SIGTERM'))
      await longest('startMs', next?.untilReady())
    })
  },
  async also({ db, dispatchers, ingresses }) {
    const [row] = await db.execute<{ doubted: number; again: number }>(sql`
      select (select count(*)::int from doubts) as doubted,
        (select count(*)::int from deliveries where attempt > 1) as again
    `)
    const ends = [...dispatchers, ...ingresses].map(({ ends }) => ends)
    return [
      ...(row?.doubted ? [`${row.doubted} deliveries were in doubt`] : []),
      ...(row?.again ? [`${row.again} deliveries were claimed again`] : []),
      ...(ends.every((each) => each['exit 0']) ? [] : ['not everything was restarted']),
      ...(ends.every((each) => Object.keys(each).length <= 1) ? [] : ['not all ended in order']),
    ]
  },
}

/** A doubt that is settled leaves no trace in its row. */
async function noteDoubts(db: Db): Promise<void> {
  await db.execute(sql`create table doubts (id uuid)`)
  await db.execute(sql`
    create function note_doubt() returns trigger language plpgsql as $$ begin
      insert into doubts values (new.id);
      return new;
    end $$
  `)
  await db.execute(sql`
    create trigger note_doubt after update on deliveries for each row
      when (new.state = 'unknown' and old.state <> 'unknown') execute function note_doubt()
  `)
}
