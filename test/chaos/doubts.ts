import type { Db } from '@partyline/db/client'
import { sql } from 'drizzle-orm'

/** From here on every delivery that is in doubt is noted: a doubt that is settled leaves no trace in its row. */
export async function noteDoubts(db: Db): Promise<void> {
  await db.execute(sql`create table doubts (id uuid)`)
  await db.execute(sql`
    create function note_doubt() returns trigger language plpgsql security definer as $$ begin
      insert into doubts values (new.id);
      return new;
    end $$
  `)
  await db.execute(sql`
    create trigger note_doubt after update on deliveries for each row
      when (new.state = 'unknown' and old.state <> 'unknown') execute function note_doubt()
  `)
}

/** A sentence for each thing that a restart in order must not bring about. */
export async function tellDoubts(db: Db): Promise<string[]> {
  const [row] = await db.execute<{ doubted: number; again: number }>(sql`
    select (select count(*)::int from doubts) as doubted,
      (select count(*)::int from deliveries where attempt > 1) as again
  `)
  return [
    ...(row?.doubted ? [`${row.doubted} deliveries were in doubt`] : []),
    ...(row?.again ? [`${row.again} deliveries were claimed again`] : []),
  ]
}
