import type { Db } from '@partyline/db/client'
import { listDeadLetters, replayDeadLetter } from '@partyline/db/queries/dead-letters'
import { sql } from 'drizzle-orm'
import { p95Of } from '../latency.ts'
import type { Chaos, Scenario } from '../scenario.ts'
import { until } from '../until.ts'

const poisons = 6
const mostTries = 10
const patienceMs = 60_000
/** A text that waits for a poisonous one waits for all of its tries. */
const promptMs = 5_000

export const t32: Scenario = {
  id: 'T32',
  title:
    'texts that Postgres refuses, or that cut the connection: dead letters, replayed in the end',
  seconds: 30,
  async faults(chaos) {
    const { hub, loader, pick, wait, problems } = chaos
    await refusePoison(hub.db)
    for (let count = 0; count < poisons; count += 1) {
      const group = pick(hub.groups)
      loader.text(group, pick(group.members), count % 2 ? 'poison' : 'poison that cuts')
      await wait(1_000)
    }
    const dead = await untilDead(chaos)
    if (dead.length !== poisons) problems.push(`${dead.length} of ${poisons} became dead letters`)
    const [tries] = await hub.db.execute<{ count: number }>(
      sql`select last_value::int as count from poison_tries`,
    )
    if ((tries?.count ?? 0) > poisons * mostTries) {
      problems.push(`${tries?.count ?? 0} tries for ${poisons} texts`)
    }
    await hub.db.execute(sql`drop trigger refuse on messages`)
    for (const { messageSid } of dead) await replayDeadLetter(hub.db, messageSid)
  },
  async also(hub, loader) {
    const p95 = p95Of(hub, loader, ({ body }) => !body.startsWith('poison'))
    const dead = await listDead(hub.db)
    return [
      ...(dead.length > 0 ? [`${dead.length} are dead letters still`] : []),
      ...(p95 > promptMs ? [`the other texts took ${p95} ms (p95)`] : []),
    ]
  },
}

/** A sequence counts the tries: it is not rolled back. */
async function refusePoison(db: Db): Promise<void> {
  await db.execute(sql`create sequence poison_tries`)
  await db.execute(sql`
    create function refuse() returns trigger language plpgsql as $$ begin
      perform nextval('poison_tries');
      if new.body = 'poison that cuts' then perform pg_terminate_backend(pg_backend_pid()); end if;
      raise exception 'no room for this';
    end $$
  `)
  await db.execute(sql`
    create trigger refuse before insert on messages for each row
      when (new.body like 'poison%') execute function refuse()
  `)
}

/** The pauses between the tries add up to minutes; here the next one is always due. */
async function untilDead({ hub: { db } }: Chaos) {
  await until(patienceMs, async () => {
    await db.execute(sql`
      update inbox set next_at = now() where message_sid in (
        select message_sid from inbox
        where processed_at is null and attempts between 1 and 9 and next_at > now()
        for update skip locked
      )
    `)
    return (await listDead(db)).length === poisons
  })
  return listDead(db)
}

const listDead = async (db: Db) => (await listDeadLetters(db, { limit: poisons })).rows
