import { and, asc, eq, exists, inArray, type SQL, sql } from 'drizzle-orm'
import { AppError } from '@partyline/contracts/errors'
import type { SendLimits } from '@partyline/contracts/send-limits'
import type { Db } from '../client.ts'
import { conversations } from '../schema/conversations.ts'
import { media, type MediaRow } from '../schema/messages.ts'
import { type ScheduledRow, scheduledMessages } from '../schema/scheduled.ts'
import { users } from '../schema/users.ts'
import { recordChanges } from './events.ts'
import {
  allowSending,
  findByClientKey,
  keyReused,
  saysTheSame,
  type Sending,
} from './send-message.ts'
import { refuseTakenBack, takeBack } from './taken-back.ts'
import { setReachable } from './unreachable.ts'
import { visibleTo } from './visibility.ts'
import { wordingOf } from './wording.ts'

/** What became of a text that is asked for again: it waits, or the message it is by now. */
export async function findSaid(
  db: Db,
  sending: Sending,
): Promise<ScheduledRow | string | undefined> {
  // In this order: what is being sent or taken back meanwhile is waited for, and looked for after that.
  return (await findWaiting(db, sending)) ?? findByClientKey(db, sending)
}

/** Keeps a text until its time, once for each `clientKey` of its author. */
export async function scheduleMessage(
  db: Db,
  sending: Sending,
  sendAt: Date,
  { cancelOnReply = false } = {},
): Promise<ScheduledRow> {
  return db.transaction(async (tx) => {
    const place = await findPlace(tx, sending)
    const body = await wordingOf(tx, place, sending, sendAt)
    if (sending.evenIfUnreachable && place.address !== null) await setReachable(tx, [place.address])
    if (cancelOnReply && place.kind !== 'direct') {
      throw new AppError(
        'invalid_request',
        'Only what goes to one person is taken back by a reply.',
      )
    }
    await begin(tx, place.id)
    const unlessMoreThan = cancelOnReply ? place.inboundCount : null
    return keep(tx, { ...sending, body }, sql`${sendAt.toISOString()}::timestamptz`, unlessMoreThan)
  })
}

/**
 * Keeps a text for a moment in which its author may take it back. What would be refused is refused now,
 * while they look; by the clock of Postgres, so that no browser's counts. The id of the message when it
 * has gone out already.
 */
export async function holdForUndo(
  db: Db,
  sending: Sending,
  { limits, seconds }: { limits: SendLimits; seconds: number },
): Promise<ScheduledRow | string> {
  return db.transaction(async (tx) => {
    const allowed = await allowSending(tx, sending, limits)
    if (allowed.sent !== undefined) return allowed.sent
    const { body } = allowed
    return keep(tx, { ...sending, body }, sql`now() + ${seconds} * interval '1 second'`)
  })
}

async function keep(
  tx: Db,
  sending: Sending,
  sendAt: SQL,
  unlessMoreThan: number | null = null,
): Promise<ScheduledRow> {
  const { conversationId, user, clientKey, body, mediaIds, template = null } = sending
  const [made] = await tx
    .insert(scheduledMessages)
    .values({
      ...{ conversationId, senderId: user.id, clientKey, body, template, mediaIds, sendAt },
      unlessMoreThan,
    })
    .onConflictDoNothing({ target: [scheduledMessages.senderId, scheduledMessages.clientKey] })
    .returning()
  // The insert has waited for whoever was taking the text back, and this looks at what they left.
  if (made) {
    await refuseTakenBack(tx, sending)
    await tellOfScheduled(tx, conversationId)
    return made
  }
  const known = await findWaiting(tx, sending)
  if (known) return known
  await refuseTakenBack(tx, sending)
  throw keyReused()
}

async function findWaiting(tx: Db, sending: Sending): Promise<ScheduledRow | undefined> {
  const { senderId, clientKey } = scheduledMessages
  const [known] = await tx
    .select()
    .from(scheduledMessages)
    .where(and(eq(senderId, sending.user.id), eq(clientKey, sending.clientKey)))
    .for('key share')
  if (!known) return undefined
  const same =
    known.conversationId === sending.conversationId &&
    saysTheSame(known, sending) &&
    known.mediaIds.join() === sending.mediaIds.join()
  if (same) return known
  throw keyReused()
}

/** Somebody has something to say there. */
async function begin(tx: Db, id: string): Promise<void> {
  await tx
    .update(conversations)
    .set({ begun: true })
    .where(and(eq(conversations.id, id), eq(conversations.begun, false)))
}

async function findPlace(tx: Db, { conversationId, user }: Sending) {
  const { id, kind, address, inboundCount } = conversations
  const [place] = await tx
    .select({ id, kind, address, inboundCount })
    .from(conversations)
    .where(and(eq(id, conversationId), visibleTo(user.id)))
  if (!place) throw new AppError('not_found', 'There is no such conversation.')
  return place
}

/** Whoever shows what waits there asks for it again; lists show when the next goes out. */
export const tellOfScheduled = (tx: Db, conversationId: string) =>
  recordChanges(tx, [
    { type: 'scheduled.changed', subjectId: conversationId, conversationId },
    { type: 'conversation.changed', subjectId: conversationId, conversationId },
  ])

/** The files of a scheduled text, which belong to no message yet. */
export async function listScheduledMedia(db: Db, rows: ScheduledRow[]): Promise<MediaRow[]> {
  const ids = rows.flatMap(({ mediaIds }) => mediaIds)
  return ids.length === 0 ? [] : db.select().from(media).where(inArray(media.id, ids))
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
  return db.transaction(async (tx) => {
    const [taken] = await takeBack(
      tx,
      sql`select ${scheduledMessages.id} from ${scheduledMessages} where ${inSight(tx, given)}`,
    )
    if (taken) await tellOfScheduled(tx, taken.conversationId)
    return taken !== undefined
  })
}

/** Its time is now, whatever kept it from being sent before, or came since. False when there is none. */
export async function setDueNow(db: Db, given: { id: string; viewerId: string }): Promise<boolean> {
  return db.transaction(async (tx) => {
    const [due] = await tx
      .update(scheduledMessages)
      .set({ sendAt: sql`now()`, problem: null, unlessMoreThan: null })
      .where(inSight(tx, given))
      .returning({ conversationId: scheduledMessages.conversationId })
    if (due) await tellOfScheduled(tx, due.conversationId)
    return due !== undefined
  })
}

function inSight(tx: Db, { id, viewerId }: { id: string; viewerId: string }) {
  const place = tx
    .select({ id: conversations.id })
    .from(conversations)
    .where(and(eq(conversations.id, scheduledMessages.conversationId), visibleTo(viewerId)))
  return and(eq(scheduledMessages.id, id), exists(place))
}
