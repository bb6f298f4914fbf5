import { and, asc, eq, isNull, lte, notInArray, sql } from 'drizzle-orm'
import { AppError } from '@partyline/contracts/errors'
import type { SendLimits } from '@partyline/contracts/send-limits'
import type { Db } from '../client.ts'
import { scheduledMessages } from '../schema/scheduled.ts'
import { users } from '../schema/users.ts'
import type { Posted } from './post-message.ts'
import { dropReplied, hasReplied } from './cancel-on-reply.ts'
import { settleFirst } from './reconcile.ts'
import { tellOfScheduled } from './scheduled.ts'
import { sendMessage } from './send-message.ts'

interface SentNext {
  /** Of the scheduled text. */
  id: string
  /** Undefined where it was sent before, or could not be sent. */
  posted?: Posted | undefined
  /** What stood in its way, and may pass. */
  failure?: unknown
}

/** Those who are in a conversation get its texts in turn: the next waits while one before it is being sent. */
const isFirst = sql`not exists (
  select from scheduled_messages as earlier
  where earlier.conversation_id = ${scheduledMessages.conversationId} and earlier.problem is null
    and (earlier.send_at, earlier.id) < (${scheduledMessages.sendAt}, ${scheduledMessages.id}))`

/**
 * Sends the next text whose time has come, but for those named, in one transaction with its removal, so that
 * it is said once. `done` when nothing is due. What the api would refuse now (an opt-out, a file that is
 * gone) is noted on it instead; what went wrong on our side leaves it as it is.
 */
export async function sendNextDue(
  db: Db,
  limits: SendLimits,
  { but = [], traceParent }: { but?: string[]; traceParent?: string | undefined } = {},
): Promise<'done' | SentNext> {
  return db.transaction(async (tx) => {
    const [due] = await tx
      .select({ row: scheduledMessages, user: { id: users.id, name: users.name } })
      .from(scheduledMessages)
      .innerJoin(users, eq(users.id, scheduledMessages.senderId))
      .where(
        and(
          isNull(scheduledMessages.problem),
          lte(scheduledMessages.sendAt, sql`now()`),
          notInArray(scheduledMessages.id, but),
          isFirst,
        ),
      )
      .orderBy(asc(scheduledMessages.sendAt), asc(scheduledMessages.id))
      .limit(1)
      .for('update', { of: scheduledMessages, skipLocked: true })
    if (!due) return 'done'
    const { row, user } = due
    const { id } = row
    try {
      const posted = await tx.transaction(async (inner) => {
        if (await hasReplied(inner, row)) return dropReplied(inner, row)
        const sending = { ...row, user, confirm: true, traceParent }
        const { posted } = await sendMessage(inner, sending, limits)
        await inner.delete(scheduledMessages).where(eq(scheduledMessages.id, id))
        if (posted) await settleFirst(inner, [posted.message.id], row.sendAt)
        return posted
      })
      return { id, posted }
    } catch (failure) {
      if (!(failure instanceof AppError)) return { id, failure }
      await tx
        .update(scheduledMessages)
        .set({ problem: failure.message })
        .where(eq(scheduledMessages.id, id))
      await tellOfScheduled(tx, row.conversationId)
      return { id }
    }
  })
}
