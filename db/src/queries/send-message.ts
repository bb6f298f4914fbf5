import { isDeepStrictEqual } from 'node:util'
import { and, asc, eq, isNull, sql } from 'drizzle-orm'
import { AppError } from '@partyline/contracts/errors'
import type { SendLimits } from '@partyline/contracts/send-limits'
import type { Db } from '../client.ts'
import { optOuts } from '../schema/contacts.ts'
import { type ConversationRow, conversations, groups } from '../schema/conversations.ts'
import { media, messages, type MessageRow, type SentTemplate } from '../schema/messages.ts'
import { recordAudit } from './audit.ts'
import { type Posted, postMessage } from './post-message.ts'
import { refuseCountry } from './refuse-country.ts'
import { isRepeat, repeatUnconfirmed } from './refuse-repeat.ts'
import { newSecret } from './secret.ts'
import { refuseTakenBack } from './taken-back.ts'
import { setReachable } from './unreachable.ts'
import { visibleTo } from './visibility.ts'
import { wordingOf } from './wording.ts'

export interface Sending {
  conversationId: string
  user: { id: string; name: string }
  body: string
  mediaIds: string[]
  /** Instead of body and media. */
  template?: SentTemplate | null | undefined
  clientKey: string
  /** Whoever sends knows that the same text went to the same people a moment ago. */
  confirm?: boolean | undefined
  /** The carrier said that nothing can arrive there: it is tried all the same. */
  evenIfUnreachable?: boolean | undefined
  /** What led to it, where traces are on. */
  traceParent?: string | undefined
}

/**
 * Posts what a user wrote, once for each `clientKey` of theirs: the same key again gives the message
 * that is there and sends nothing. In a transaction of the caller's.
 */
export async function sendMessage(
  tx: Db,
  sending: Sending,
  limits: SendLimits,
): Promise<{ messageId: string; posted: Posted | undefined }> {
  const allowed = await allowSending(tx, sending, limits)
  if (allowed.sent !== undefined) return { messageId: allowed.sent, posted: undefined }
  const { row, adminName, body } = allowed
  const posted = await postMessage(tx, {
    conversationId: row.id,
    kind: 'text',
    direction: 'outbound',
    author: {
      kind: 'user',
      id: sending.user.id,
      name: row.kind === 'group' && adminName !== null ? adminName : sending.user.name,
      address: null,
    },
    body,
    template: sending.template ?? null,
    mediaCount: sending.mediaIds.length,
    clientKey: sending.clientKey,
    senderId: sending.user.id,
    counting: { caps: limits, userId: sending.user.id },
    traceParent: sending.traceParent,
  })
  await attachMedia(tx, posted.message.id, sending)
  return { messageId: posted.message.id, posted }
}

/** The message that there is already, or the conversation in which it may now be sent. */
export async function allowSending(tx: Db, sending: Sending, limits: SendLimits) {
  // Taken first: of parallel requests with one key, one writes and the others then find its message.
  await tx.execute(
    sql`select pg_advisory_xact_lock(hashtextextended(${sending.user.id + sending.clientKey}, 0))`,
  )
  const sent = await findByClientKey(tx, sending)
  if (sent !== undefined) return { sent }
  await refuseTakenBack(tx, sending)
  const { row, adminName } = await lockConversation(tx, sending)
  await refuseOptedOut(tx, row)
  if (row.kind === 'direct') refuseCountry(row.address ?? '', limits.countries)
  const body = await wordingOf(tx, row, sending)
  await confirmRepeat(tx, row, { ...sending, body }, limits)
  if (sending.evenIfUnreachable && row.address !== null) await setReachable(tx, [row.address])
  return { sent, row, adminName, body }
}

/** The id of the message that was sent under this key. */
export async function findByClientKey(tx: Db, sending: Sending): Promise<string | undefined> {
  const [row] = await tx
    .select()
    .from(messages)
    .where(and(eq(messages.senderId, sending.user.id), eq(messages.clientKey, sending.clientKey)))
  if (!row) return undefined
  const attached = await tx
    .select({ id: media.id })
    .from(media)
    .where(eq(media.messageId, row.id))
    .orderBy(asc(media.position))
  const same =
    row.kind === 'text' &&
    row.conversationId === sending.conversationId &&
    saysTheSame(row, sending) &&
    attached.map(({ id }) => id).join() === sending.mediaIds.join()
  if (same) return row.id
  throw keyReused()
}

export function keyReused(): AppError {
  return new AppError(
    'client_key_reused',
    'This clientKey was used for another message. Make a new one for each message.',
  )
}

/** Of a template its words may have been changed at Twilio meanwhile. */
export function saysTheSame(
  { body, template }: Pick<MessageRow, 'body' | 'template'>,
  sending: Sending,
): boolean {
  const wanted = sending.template ?? null
  return wanted === null
    ? template === null && body === sending.body
    : isDeepStrictEqual(template, wanted)
}

async function lockConversation(tx: Db, { conversationId, user }: Sending) {
  const [found] = await tx
    .select({ row: conversations, adminName: groups.adminName })
    .from(conversations)
    .leftJoin(groups, eq(groups.conversationId, conversations.id))
    .where(and(eq(conversations.id, conversationId), visibleTo(user.id)))
    .for('no key update', { of: conversations })
  if (!found) throw new AppError('not_found', 'There is no such conversation.')
  return found
}

async function refuseOptedOut(tx: Db, { kind, lineId, address }: ConversationRow): Promise<void> {
  if (kind !== 'direct' || lineId === null || address === null) return
  const stopped = await tx.$count(
    optOuts,
    and(eq(optOuts.lineId, lineId), eq(optOuts.address, address), isNull(optOuts.endedAt)),
  )
  if (stopped > 0) {
    throw new AppError(
      'contact_opted_out',
      'This contact texted STOP to this line, so nothing can be sent. They can text START to hear from you again.',
    )
  }
}

/** The same picture twice is somebody's choice; the same words twice are often a slip. */
async function confirmRepeat(
  tx: Db,
  row: ConversationRow,
  { body, mediaIds, user, confirm = false }: Sending,
  { repeat }: SendLimits,
): Promise<void> {
  if (mediaIds.length > 0 || !(await isRepeat(tx, row, body, repeat))) return
  if (!confirm) throw repeatUnconfirmed(repeat)
  await recordAudit(
    tx,
    { userId: user.id, ip: null },
    { action: 'message.repeated', subject: row.id },
  )
}

async function attachMedia(tx: Db, messageId: string, { mediaIds, user }: Sending): Promise<void> {
  for (const [position, id] of mediaIds.entries()) {
    const attached = await tx
      .update(media)
      .set({ messageId, position, linkToken: newSecret().secret })
      .where(and(eq(media.id, id), eq(media.uploaderId, user.id), isNull(media.messageId)))
      .returning({ id: media.id })
    if (attached.length === 0) {
      throw new AppError(
        'invalid_request',
        'A file to attach is not there, or was already sent. Upload it again.',
      )
    }
  }
}
