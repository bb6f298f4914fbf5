import { eq, sql } from 'drizzle-orm'
import type { Db } from '../client.ts'
import { conversations } from '../schema/conversations.ts'
import type { Draft } from './post-message.ts'

/** Among colleagues: never texted, and no news for the list. */
export const isInternal = (kind: Draft['kind']) => kind === 'note' || kind === 'event'

const previewLength = 140

/** An automatic answer is no news either: the list keeps showing what was answered. */
const isNews = (kind: Draft['kind']) => kind !== 'auto_reply' && !isInternal(kind)

/** Somebody waits from their first text to a person's answer; members of a group wait for nobody. */
function waitingSince({ direction, relay }: Draft) {
  if (direction === 'outbound') return null
  if (relay === false) return sql`${conversations.waitingSince}`
  // Who waited before it was closed was not meant to be answered.
  return sql`case when ${conversations.kind} = 'direct' then coalesce(
    case when ${conversations.status} <> 'closed' then ${conversations.waitingSince} end,
    clock_timestamp()) end`
}

/** The next place in the conversation, and its row in the list, in one statement. */
export async function takePlace(tx: Db, draft: Draft) {
  const inbound = draft.direction === 'inbound'
  const written = draft.kind === 'text'
  const [place] = await tx
    .update(conversations)
    .set({
      lastSeq: sql`${conversations.lastSeq} + 1`,
      begun: true,
      inboundCount: inbound
        ? sql`${conversations.inboundCount} + 1`
        : sql`${conversations.inboundCount}`,
      // Whoever answers has read.
      readCount:
        written && draft.author.kind === 'user'
          ? sql`${conversations.inboundCount}`
          : sql`${conversations.readCount}`,
      status: written ? 'open' : sql`${conversations.status}`,
      snoozedUntil: written ? null : sql`${conversations.snoozedUntil}`,
      ...(written && { waitingSince: waitingSince(draft) }),
      ...(isNews(draft.kind) && listRowOf(draft)),
    })
    .where(eq(conversations.id, draft.conversationId))
    .returning({
      messageId: isNews(draft.kind) ? conversations.lastMessageId : sql<string>`uuidv7()`,
      seq: conversations.lastSeq,
      kind: conversations.kind,
      lineId: conversations.lineId,
    })
  if (!place?.messageId) throw new Error(`conversation ${draft.conversationId} does not exist`)
  return { ...place, messageId: place.messageId }
}

function listRowOf(draft: Draft) {
  return {
    lastMessageAt: sql`greatest(${conversations.lastMessageAt}, clock_timestamp())`,
    lastMessageId: sql`uuidv7()`,
    lastDirection: draft.direction,
    lastAuthorName: draft.author.name,
    lastPreview: Array.from(draft.body.slice(0, 2 * previewLength))
      .slice(0, previewLength)
      .join(''),
    lastMediaCount: draft.mediaCount ?? 0,
  }
}
