import { and, desc, eq, inArray, isNotNull, isNull, ne, sql } from 'drizzle-orm'
import type { Db } from '../client.ts'
import { addresses, contacts, optOuts } from '../schema/contacts.ts'
import { conversations, members } from '../schema/conversations.ts'
import { lines } from '../schema/lines.ts'
import { messages } from '../schema/messages.ts'
import { unreachableAddresses } from '../schema/unreachable.ts'
import { contactVisibleTo, visibleTo } from './visibility.ts'

interface Asked {
  contactId: string
  viewerId: string
}

const most = 100

/** Conversations with a contact that the viewer may see, newest first. */
export async function listContactThreads(
  db: Db,
  { contactId, viewerId }: Asked,
): Promise<string[]> {
  const rows = await db
    .select({ id: conversations.id })
    .from(conversations)
    .where(and(eq(conversations.contactId, contactId), visibleTo(viewerId)))
    .orderBy(desc(conversations.lastMessageAt))
    .limit(most)
  return rows.map(({ id }) => id)
}

/** The groups a contact is in now, by name. */
export async function listContactGroups(db: Db, contactId: string) {
  return db
    .select({
      groupId: members.conversationId,
      memberId: members.id,
      name: sql<string>`coalesce(${conversations.name}, '')`,
      memberName: members.name,
      address: members.address,
      joinedAt: members.joinedAt,
    })
    .from(members)
    .innerJoin(conversations, eq(conversations.id, members.conversationId))
    .where(
      and(
        eq(members.contactId, contactId),
        isNull(members.leftAt),
        eq(conversations.kind, 'group'),
      ),
    )
    .orderBy(sql`lower(${conversations.name})`)
    .limit(most)
}

/** Every time one of a contact's addresses left a line, newest first. */
export async function listOptOuts(db: Db, contactId: string) {
  return db
    .select({
      id: optOuts.id,
      line: { id: lines.id, name: lines.name },
      address: optOuts.address,
      source: optOuts.source,
      createdAt: optOuts.createdAt,
      endedAt: optOuts.endedAt,
    })
    .from(optOuts)
    .innerJoin(addresses, eq(addresses.address, optOuts.address))
    .innerJoin(lines, eq(lines.id, optOuts.lineId))
    .where(eq(addresses.contactId, contactId))
    .orderBy(desc(optOuts.createdAt))
    .limit(most)
}

export async function listUnreachable(db: Db, contactId: string) {
  return db
    .select({
      address: unreachableAddresses.address,
      errorCode: unreachableAddresses.errorCode,
      since: unreachableAddresses.since,
    })
    .from(unreachableAddresses)
    .innerJoin(addresses, eq(addresses.address, unreachableAddresses.address))
    .where(eq(addresses.contactId, contactId))
}

/** Where the last text of a contact came from, as the carrier said it: of each thread the end is looked at. */
export async function findOrigin(db: Db, { contactId, viewerId }: Asked) {
  const threads = await listContactThreads(db, { contactId, viewerId })
  const seats = await db
    .select({ id: members.conversationId })
    .from(members)
    .where(eq(members.contactId, contactId))
    .limit(most)
  const places = [...threads, ...seats.map(({ id }) => id)]
  if (places.length === 0) return undefined
  const [row] = await db
    .select({
      city: messages.city,
      state: messages.state,
      country: messages.country,
      createdAt: messages.createdAt,
    })
    .from(messages)
    .innerJoin(conversations, eq(conversations.id, messages.conversationId))
    .where(
      and(
        inArray(messages.conversationId, places),
        sql`${messages.seq} > ${conversations.lastSeq} - 200`,
        eq(messages.authorId, contactId),
        isNotNull(messages.country),
        ne(messages.country, ''),
      ),
    )
    .orderBy(desc(messages.createdAt))
    .limit(1)
  return row
}

/** Others with the same name, whatever its case. */
export async function listSameName(db: Db, { contactId, viewerId }: Asked): Promise<string[]> {
  const rows = await db.execute<{ id: string }>(sql`
    select ${contacts.id} from ${contacts}
    where lower(${contacts.name}) = (select lower(own.name) from contacts as own where own.id = ${contactId})
      and ${contacts.id} <> ${contactId} and ${contactVisibleTo(viewerId)}
    order by ${contacts.id} limit 3
  `)
  return rows.map(({ id }) => id)
}

/** Notes of a conversation, newest first; of a direct one, of all conversations with its contact. */
export async function listNotes(
  db: Db,
  given: { conversationId: string; contactId: string | null; viewerId: string; limit: number },
): Promise<string[]> {
  const { conversationId, contactId, viewerId, limit } = given
  const threads =
    contactId === null
      ? [conversationId]
      : [conversationId, ...(await listContactThreads(db, { contactId, viewerId }))]
  const rows = await db.execute<{ id: string }>(sql`
    select id from messages
    where kind = 'note' and conversation_id = any(${sql.param(threads)}::uuid[])
    order by created_at desc, id desc limit ${limit}
  `)
  return rows.map(({ id }) => id)
}
