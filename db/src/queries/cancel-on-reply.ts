import { eq, sql } from 'drizzle-orm'
import type { Db } from '../client.ts'
import { conversations } from '../schema/conversations.ts'
import type { ScheduledRow } from '../schema/scheduled.ts'
import { postEvents } from './post-events.ts'
import { tellOfScheduled } from './scheduled.ts'
import { takeBack } from './taken-back.ts'

/**
 * Takes back what was to go out only if the contact does not text first, in the transaction that takes their
 * text in. One that is being sent at this moment waits for no one here: its sender looks with `hasReplied`.
 */
export async function takeBackOnReply(tx: Db, conversationId: string): Promise<string[]> {
  const rows = await takeBack(
    tx,
    sql`select id from scheduled_messages
      where conversation_id = ${conversationId} and unless_more_than is not null and problem is null
      order by send_at, id for update skip locked`,
  )
  return rows.map(({ body }) => body)
}

/** Whether a text came since it was planned. Holds the conversation, so that none comes before it is sent. */
export async function hasReplied(
  tx: Db,
  { conversationId, unlessMoreThan }: ScheduledRow,
): Promise<boolean> {
  if (unlessMoreThan === null) return false
  const { id, inboundCount } = conversations
  const [place] = await tx
    .select({ inboundCount })
    .from(conversations)
    .where(eq(id, conversationId))
    .for('no key update')
  return place !== undefined && place.inboundCount > unlessMoreThan
}

/** The same for one whose time has come. */
export async function dropReplied(
  tx: Db,
  { id, conversationId, body }: ScheduledRow,
): Promise<undefined> {
  await takeBack(tx, sql`${id}`)
  await tellOfReplied(tx, conversationId, [body])
}

/** Says in the thread what was not sent, and why: with all its words, which are kept nowhere else. */
export async function tellOfReplied(
  tx: Db,
  conversationId: string,
  bodies: readonly string[],
): Promise<void> {
  if (bodies.length === 0) return
  await postEvents(
    tx,
    null,
    bodies.map((body) => ({
      conversationId,
      body: `did not send ${body === '' ? 'the scheduled file' : `“${body}”`}: they replied first`,
    })),
  )
  await tellOfScheduled(tx, conversationId)
}
