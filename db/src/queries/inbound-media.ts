import { and, asc, eq, sql } from 'drizzle-orm'
import type { Db } from '../client.ts'
import { media, type MediaRow, messages } from '../schema/messages.ts'

/** How often a picture is fetched before the text goes without it. */
const maxAttempts = 6

export async function insertInboundMedia(
  tx: Db,
  messageId: string,
  items: { contentType: string; messageSid: string; mediaSid: string }[],
): Promise<void> {
  if (items.length === 0) return
  await tx.insert(media).values(
    items.map((item, position) => ({
      messageId,
      position,
      state: 'pending' as const,
      contentType: item.contentType,
      twilioMessageSid: item.messageSid,
      twilioMediaSid: item.mediaSid,
    })),
  )
}

/** Counts the attempt, so that a picture that kills its worker is not tried for ever. */
export async function claimPendingMedia(db: Db, messageId: string): Promise<MediaRow[]> {
  return db
    .update(media)
    .set({
      attempts: sql`${media.attempts} + 1`,
      state: sql`case when ${media.attempts} + 1 > ${maxAttempts} then 'failed' else 'pending' end::media_state`,
    })
    .where(and(eq(media.messageId, messageId), eq(media.state, 'pending')))
    .returning()
}

export async function setMediaStored(
  db: Db,
  id: string,
  stored: {
    blobKey: string
    contentType: string
    sizeBytes: number
    linkToken: string
    width: number | null
    height: number | null
  },
): Promise<void> {
  await db
    .update(media)
    .set({ ...stored, state: 'stored' })
    .where(and(eq(media.id, id), eq(media.state, 'pending')))
}

export async function setMediaFailed(db: Db, id: string): Promise<void> {
  await db
    .update(media)
    .set({ state: 'failed' })
    .where(and(eq(media.id, id), eq(media.state, 'pending')))
}

/** What led to a message, where traces are on. */
export async function findTraceParent(db: Db, messageId: string): Promise<string | null> {
  const [row] = await db
    .select({ traceParent: messages.traceParent })
    .from(messages)
    .where(eq(messages.id, messageId))
  return row?.traceParent ?? null
}

/** Lets the waiting deliveries of a message go, once no picture of it is pending. Returns their line. */
export async function releaseDeliveries(db: Db, messageId: string): Promise<string | undefined> {
  const [row] = await db.execute<{ line_id: string }>(sql`
    update deliveries set next_at = now(), updated_at = now()
    where message_id = ${messageId} and state = 'queued' and attempt = 0 and next_at > now()
      and not exists (select from media where message_id = ${messageId} and state = 'pending')
    returning line_id
  `)
  return row?.line_id
}

/** Messages whose pictures are still to be copied: what a lost doorbell left behind. */
export async function listMessagesAwaitingMedia(db: Db, limit: number): Promise<string[]> {
  const rows = await db
    .selectDistinct({ messageId: media.messageId })
    .from(media)
    .where(
      and(
        eq(media.state, 'pending'),
        sql`${media.createdAt} < now() - least(${media.attempts} + 1, 5) * interval '5 seconds'`,
      ),
    )
    .orderBy(asc(media.messageId))
    .limit(limit)
  return rows.flatMap((row) => row.messageId ?? [])
}

/** The message is shown anew once its pictures are here. */
export async function recordMediaChange(db: Db, messageId: string): Promise<void> {
  await db.execute(sql`
    insert into events (type, subject_id, conversation_id, owner_id)
    select 'message.changed', messages.id, messages.conversation_id,
      case conversations.visibility when 'private' then conversations.owner_id end
    from messages join conversations on conversations.id = messages.conversation_id
    where messages.id = ${messageId}
  `)
}
