import type { Db } from '@partyline/db/client'
import { sql } from 'drizzle-orm'

/** Keeps every message of these words from being stored until it is opened, with the transaction it is in. */
export async function closeGate(db: Db, body: string) {
  await db.execute(sql`
    create function wait_for_gate() returns trigger language plpgsql as
      $$ begin
        if new.body = tg_argv[0] then perform pg_advisory_xact_lock_shared(1); end if;
        return new;
      end $$
  `)
  // DDL takes no parameters.
  await db.transaction(async (tx) => {
    await tx.execute(sql`select set_config('test.body', ${body}, true)`)
    await tx.execute(sql`
      do $$ begin
        execute format('create trigger gate before insert on messages for each row
          execute function wait_for_gate(%L)', current_setting('test.body'));
      end $$
    `)
  })
  const opened = Promise.withResolvers<undefined>()
  const closed = Promise.withResolvers<undefined>()
  const holding = db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(1)`)
    closed.resolve(undefined)
    await opened.promise
  })
  await closed.promise
  const open = async () => {
    opened.resolve(undefined)
    await holding
  }
  return { open, [Symbol.asyncDispose]: open }
}
