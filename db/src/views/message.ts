import { and, asc, eq, inArray } from 'drizzle-orm'
import type { Delivery } from '@partyline/contracts/api/deliveries'
import { mediaPath } from '@partyline/contracts/api/media'
import type { Media, Message } from '@partyline/contracts/api/messages'
import { explainHeld } from '@partyline/contracts/held-causes'
import type { Db } from '../client.ts'
import { visibleTo } from '../queries/visibility.ts'
import { conversations } from '../schema/conversations.ts'
import { deliveries } from '../schema/deliveries.ts'
import { media, type MediaRow, type MessageRow, messages } from '../schema/messages.ts'
import { viewDeliveries } from './delivery.ts'

/** With a viewer: only those of conversations they may see. Without: all. */
export async function viewMessages(
  db: Db,
  ids: string[],
  viewerId?: string,
): Promise<Map<string, Message>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .select({ row: messages })
    .from(messages)
    .innerJoin(conversations, eq(conversations.id, messages.conversationId))
    .where(and(inArray(messages.id, ids), viewerId ? visibleTo(viewerId) : undefined))
  const found = rows.map(({ row }) => row)
  const [mediaOf, deliveryOf] = await Promise.all([
    viewMediaOf(
      db,
      found.map(({ id }) => id),
    ),
    viewOnlyDeliveries(
      db,
      found.filter((row) => row.totalCount === 1).map(({ id }) => id),
    ),
  ])
  return new Map(
    found.map((row) => [
      row.id,
      toMessage(row, mediaOf.get(row.id) ?? [], deliveryOf.get(row.id) ?? null),
    ]),
  )
}

async function viewMediaOf(db: Db, messageIds: string[]): Promise<Map<string | null, MediaRow[]>> {
  if (messageIds.length === 0) return new Map()
  const rows = await db
    .select()
    .from(media)
    .where(inArray(media.messageId, messageIds))
    .orderBy(asc(media.position), asc(media.id))
  return Map.groupBy(rows, (row) => row.messageId)
}

async function viewOnlyDeliveries(db: Db, messageIds: string[]): Promise<Map<string, Delivery>> {
  if (messageIds.length === 0) return new Map()
  const rows = await db
    .select({ id: deliveries.id })
    .from(deliveries)
    .where(inArray(deliveries.messageId, messageIds))
  const views = await viewDeliveries(
    db,
    rows.map(({ id }) => id),
  )
  return new Map([...views.values()].map((delivery) => [delivery.messageId, delivery]))
}

export function toMedia(row: MediaRow): Media {
  return {
    id: row.id,
    contentType: row.contentType,
    sizeBytes: row.sizeBytes,
    fileName: row.fileName,
    width: row.width,
    height: row.height,
    state: row.state,
    url: mediaPath(row.id),
  }
}

function toMessage(row: MessageRow, mediaRows: MediaRow[], delivery: Delivery | null): Message {
  return {
    id: row.id,
    conversationId: row.conversationId,
    seq: row.seq,
    sendAt: null,
    kind: row.kind,
    direction: row.direction,
    author: {
      kind: row.authorKind,
      id: row.authorId,
      name: row.authorName,
      address: row.authorAddress,
    },
    body: row.body,
    template: row.template && { id: row.template.sid, variables: row.template.variables },
    media: mediaRows.map(toMedia),
    origin: originOf(row),
    location: row.details?.location ?? null,
    deliveries: {
      total: row.totalCount,
      queued: row.queuedCount,
      sent: row.sentCount,
      delivered: row.deliveredCount,
      failed: row.failedCount,
      unknown: row.unknownCount,
    },
    delivery,
    held: row.heldBecause === null ? null : explainHeld(row.heldBecause),
    clientKey: row.clientKey,
    twilioSid: row.twilioSid,
    createdAt: row.createdAt.toISOString(),
  }
}

function originOf({ city, state, zip, country }: MessageRow): Message['origin'] {
  if (city === null && state === null && zip === null && country === null) return null
  return { city: city ?? '', state: state ?? '', zip: zip ?? '', country: country ?? '' }
}
