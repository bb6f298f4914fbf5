import { and, eq, gt, isNull, or, sql } from 'drizzle-orm'
import type { Db } from '../client.ts'
import { conversations } from '../schema/conversations.ts'
import { media, type MediaRow, messages } from '../schema/messages.ts'
import { visibleTo } from './visibility.ts'

export async function insertUpload(
  db: Db,
  given: {
    uploaderId: string
    contentType: string
    sizeBytes: number
    fileName: string | null
    blobKey: string
    width: number | null
    height: number | null
  },
): Promise<MediaRow> {
  const [row] = await db
    .insert(media)
    .values({ ...given, state: 'stored' })
    .returning()
  if (!row) throw new Error('insert returned no row')
  return row
}

/** A file of a conversation this viewer may see, or one they uploaded and have not sent yet. */
export async function findMedia(
  db: Db,
  given: { id: string; viewerId: string },
): Promise<MediaRow | undefined> {
  const [found] = await db
    .select({ row: media })
    .from(media)
    .leftJoin(messages, eq(messages.id, media.messageId))
    .leftJoin(conversations, eq(conversations.id, messages.conversationId))
    .where(
      and(
        eq(media.id, given.id),
        or(
          and(isNull(media.messageId), eq(media.uploaderId, given.viewerId)),
          sql`${media.messageId} is not null and ${visibleTo(given.viewerId)}`,
        ),
      ),
    )
  return found?.row
}

/** What Twilio fetches: whoever knows the token may, for a day from each sending. */
export async function findLinkedMedia(db: Db, token: string): Promise<MediaRow | undefined> {
  const [row] = await db
    .select()
    .from(media)
    .where(and(eq(media.linkToken, token), gt(media.linkExpiresAt, sql`now()`)))
  return row
}
