import { and, eq, lt, type SQL, sql } from 'drizzle-orm'
import { AppError } from '@partyline/contracts/errors'
import type { Db } from '../client.ts'
import { takenBack } from '../schema/scheduled.ts'

/**
 * Removes what waits for its time and notes its keys, in one statement: a client that never got the answer
 * asks again, and must not have it held anew.
 */
export async function takeBack(
  tx: Db,
  which: SQL,
): Promise<{ conversationId: string; body: string }[]> {
  return tx.execute<{ conversationId: string; body: string }>(sql`
    with taken as (
      delete from scheduled_messages where id in (${which})
      returning sender_id, client_key, conversation_id, body
    ), noted as (
      insert into taken_back (sender_id, client_key) select sender_id, client_key from taken
      on conflict do nothing
    )
    select conversation_id as "conversationId", body from taken
  `)
}

/** To be asked once the key is held, by its lock or its row: a removal before that is seen then. */
export async function refuseTakenBack(
  tx: Db,
  { user, clientKey }: { user: { id: string }; clientKey: string },
): Promise<void> {
  const mine = and(eq(takenBack.senderId, user.id), eq(takenBack.clientKey, clientKey))
  if ((await tx.$count(takenBack, mine)) === 0) return
  throw new AppError(
    'taken_back',
    'This text was taken back before it was sent. Send it again if it is to go out after all; a script gives it a new clientKey.',
  )
}

/** Nobody asks again after a day. */
export async function forgetTakenBack(db: Db): Promise<void> {
  await db.delete(takenBack).where(lt(takenBack.at, sql`now() - interval '1 day'`))
}
