import { and, asc, eq, exists, isNull, lte, sql } from 'drizzle-orm'
import { AppError } from '@partyline/contracts/errors'
import type { SendLimits } from '@partyline/contracts/send-limits'
import type { Db } from '../client.ts'
import { conversations } from '../schema/conversations.ts'
import { messages } from '../schema/messages.ts'
import { type ScheduledRow, scheduledMessages } from '../schema/scheduled.ts'
import { users } from '../schema/users.ts'
import type { Posted } from './post-message.ts'
import { settleFirst } from './reconcile.ts'
import { type Sending, sendMessage } from './send-message.ts'
import { visibleTo } from './visibility.ts'

/** Keeps a text until its time, once for each `clientKey` of its author. */
export async function scheduleMessage(
  db: Db,
  { conversationId, user, clientKey, body, mediaIds }: Sending,
  sendAt: Date,
): Promise<ScheduledRow> {
  const given = { conversationId, senderId: user.id, clientKey, body, mediaIds, sendAt }
  const sentAlready = await db.$count(
    messages,
    and(eq(messages.senderId, user.id), eq(messages.clientKey, clientKey)),
  )
  if (sentAlready > 0) {
    throw new AppError('client_key_reused', 'The message with this clientKey was sent already.')
  }
  const [made] = await db
    .insert(scheduledMessages)
    .values(given)
    .onConflictDoNothing({ target: [scheduledMessages.senderId, scheduledMessages.clientKey] })
    .returning()
  if (made) return made
  const [known] = await db
    .select()
    .from(scheduledMessages)
    .where(and(eq(scheduledMessages.senderId, user.id), eq(scheduledMessages.clientKey, clientKey)))
  if (known?.conversationId === conversationId && known.body === body) return known
  throw new AppError(
    'client_key_reused',
    'This clientKey was used for another message. Make a new one for each message.',
  )
}

export async function listScheduled(
  db: Db,
  given: { conversationId: string; viewerId: string },
): Promise<{ row: ScheduledRow; senderName: string }[]> {
  return db
    .select({ row: scheduledMessages, senderName: users.name })
    .from(scheduledMessages)
    .innerJoin(users, eq(users.id, scheduledMessages.senderId))
    .innerJoin(conversations, eq(conversations.id, scheduledMessages.conversationId))
    .where(and(eq(conversations.id, given.conversationId), visibleTo(given.viewerId)))
    .orderBy(asc(scheduledMessages.sendAt), asc(scheduledMessages.id))
    .limit(100)
}

/** Whether there was one to cancel: one that is being sent at this moment is not. */
export async function deleteScheduled(
  db: Db,
  given: { id: string; viewerId: string },
): Promise<boolean> {
  const inSight = db
    .select({ id: conversations.id })
    .from(conversations)
    .where(and(eq(conversations.id, scheduledMessages.conversationId), visibleTo(given.viewerId)))
  const deleted = await db
    .delete(scheduledMessages)
    .where(and(eq(scheduledMessages.id, given.id), exists(inSight)))
    .returning({ id: scheduledMessages.id })
  return deleted.length > 0
}

/**
 * Sends the next text whose time has come, in one transaction with its removal, so that it is said once.
 * `done` when nothing is due. What the api would refuse now (an opt-out, a file that is gone) is noted
 * on it instead.
 */
export async function sendNextDue(
  db: Db,
  limits: SendLimits,
  traceParent?: string,
): Promise<'done' | Posted | undefined> {
  return db.transaction(async (tx) => {
    const [due] = await tx
      .select({ row: scheduledMessages, user: { id: users.id, name: users.name } })
      .from(scheduledMessages)
      .innerJoin(users, eq(users.id, scheduledMessages.senderId))
      .where(and(isNull(scheduledMessages.problem), lte(scheduledMessages.sendAt, sql`now()`)))
      .orderBy(asc(scheduledMessages.sendAt), asc(scheduledMessages.id))
      .limit(1)
      .for('update', { of: scheduledMessages, skipLocked: true })
    if (!due) return 'done'
    const { row, user } = due
    try {
      const { posted } = await tx.transaction((inner) =>
        sendMessage(inner, { ...row, user, confirm: true, traceParent }, limits),
      )
      await tx.delete(scheduledMessages).where(eq(scheduledMessages.id, row.id))
      if (posted) await settleFirst(tx, [posted.message.id], row.sendAt)
      return posted
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      await tx
        .update(scheduledMessages)
        .set({ problem: error.message })
        .where(eq(scheduledMessages.id, row.id))
      return undefined
    }
  })
}
