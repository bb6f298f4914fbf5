import { and, eq, inArray, sql } from 'drizzle-orm'
import type { Conversation } from '@partyline/contracts/api/conversations'
import { channelOf } from '@partyline/contracts/channels'
import { formatAddress } from '@partyline/contracts/phone'
import type { Db } from '../client.ts'
import { nextSendAt } from '../queries/planned.ts'
import { visibleTo } from '../queries/visibility.ts'
import { contacts } from '../schema/contacts.ts'
import { type ConversationRow, conversations, groups, members } from '../schema/conversations.ts'
import { conversationLabels } from '../schema/labels.ts'
import { lines } from '../schema/lines.ts'
import { messages } from '../schema/messages.ts'
import { optedOut } from './opted-out.ts'
import { unreachable } from './unreachable.ts'

export const memberCount = sql<number>`(
  select count(*)::int from ${members} as seat
  where seat.conversation_id = ${conversations.id} and seat.left_at is null)`

const labelIds = sql<string[]>`array(
  select tied.label_id from ${conversationLabels} as tied
  where tied.conversation_id = ${conversations.id} order by tied.label_id)`

/** With a viewer: only those they may see. Without: all, for who decides by itself who is told. */
export async function viewConversations(
  db: Db,
  ids: string[],
  viewerId?: string,
): Promise<Map<string, Conversation>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .select({
      row: conversations,
      contact: { id: contacts.id, name: contacts.name },
      line: { id: lines.id, name: lines.name, address: lines.address },
      optedOut: optedOut(sql`${conversations.lineId}`, sql`${conversations.address}`),
      memberCount,
      labelIds,
      unreachable: unreachable(sql`${conversations.address}`),
      failed: messages.failedCount,
      pausedAt: groups.pausedAt,
      nextSendAt,
    })
    .from(conversations)
    .leftJoin(contacts, eq(contacts.id, conversations.contactId))
    .leftJoin(lines, eq(lines.id, conversations.lineId))
    .leftJoin(groups, eq(groups.conversationId, conversations.id))
    .leftJoin(messages, eq(messages.id, conversations.lastMessageId))
    .where(and(inArray(conversations.id, ids), viewerId ? visibleTo(viewerId) : undefined))
  return new Map(rows.map((found) => [found.row.id, toConversation(found)]))
}

interface Found {
  row: ConversationRow
  contact: Conversation['contact']
  line: Conversation['line']
  optedOut: boolean
  memberCount: number
  labelIds: string[]
  unreachable: boolean
  failed: number | null
  pausedAt: Date | null
  nextSendAt: string | null
}

function toConversation({ row, contact, line, ...found }: Found): Conversation {
  const displayAddress = row.address && formatAddress(row.address)
  const ownAddress = row.address ?? line?.address
  return {
    id: row.id,
    kind: row.kind,
    status: row.status,
    visibility: row.visibility,
    ownerId: row.ownerId,
    assigneeId: row.assigneeId,
    begun: row.begun,
    labelIds: found.labelIds,
    snoozedUntil: row.snoozedUntil?.toISOString() ?? null,
    waitingSince: row.status === 'closed' ? null : (row.waitingSince?.toISOString() ?? null),
    nextSendAt: found.nextSendAt && new Date(found.nextSendAt).toISOString(),
    name: row.name ?? contact?.name ?? displayAddress ?? line?.name ?? '',
    contact,
    address: row.address,
    displayAddress,
    channel: ownAddress === undefined ? null : channelOf(ownAddress),
    line,
    optedOut: found.optedOut,
    unreachable: found.unreachable,
    memberCount: found.memberCount,
    pausedAt: found.pausedAt?.toISOString() ?? null,
    unread: row.inboundCount - row.readCount,
    lastMessage: lastMessageOf(row, found.failed ?? 0),
    lastMessageAt: row.lastMessageAt.toISOString(),
    createdAt: row.createdAt.toISOString(),
  }
}

function lastMessageOf(row: ConversationRow, failed: number): Conversation['lastMessage'] {
  if (row.lastMessageId === null || row.lastDirection === null) return null
  return {
    id: row.lastMessageId,
    direction: row.lastDirection,
    authorName: row.lastAuthorName ?? '',
    preview: row.lastPreview ?? '',
    mediaCount: row.lastMediaCount,
    failed,
  }
}
