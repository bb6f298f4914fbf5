import { and, eq, inArray, isNotNull, sql } from 'drizzle-orm'
import type { Db } from '../client.ts'
import { visibleTo } from '../queries/visibility.ts'
import { contacts } from '../schema/contacts.ts'
import { conversations, members } from '../schema/conversations.ts'

/** Who is told of a change, as user ids. */
export type Audience = { only: string[] } | { allBut: string[] }

export const everybody: Audience = { allBut: [] }

/** A user who owns nothing and belongs to nothing: what they may see, everybody may see. */
export const stranger = '00000000-0000-0000-0000-000000000000'

export function reaches(audience: Audience, userId: string): boolean {
  return 'only' in audience ? audience.only.includes(userId) : !audience.allBut.includes(userId)
}

/** Nested into a query, as drizzle leaves table names out of what stands alone in a select. */
const memberIds = sql`array(
  select seat.user_id from ${members} as seat
  where seat.conversation_id = ${conversations.id} and seat.left_at is null
    and seat.user_id is not null and ${conversations.kind} = 'web')`

/** Who may see each of these conversations, by the rule of `visibleTo`. Those that are gone are left out. */
export async function conversationAudiences(db: Db, ids: string[]): Promise<Map<string, Audience>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .select({
      id: conversations.id,
      open: sql<boolean>`${visibleTo(stranger)}`,
      kind: conversations.kind,
      ownerId: conversations.ownerId,
      memberIds: sql<string[]>`${memberIds}`,
    })
    .from(conversations)
    .where(inArray(conversations.id, ids))
  return new Map(
    rows.map((row) => {
      if (row.open) return [row.id, everybody]
      const owner = row.ownerId === null ? [] : [row.ownerId]
      return [row.id, { only: row.kind === 'web' ? row.memberIds : owner }]
    }),
  )
}

/**
 * Users who may see more of these contacts than a stranger: their owners, and who has a private
 * conversation with one.
 */
export async function insidersOf(db: Db, contactIds: string[]): Promise<string[]> {
  if (contactIds.length === 0) return []
  const [owners, talkers] = await Promise.all([
    db
      .selectDistinct({ id: contacts.ownerId })
      .from(contacts)
      .where(and(inArray(contacts.id, contactIds), isNotNull(contacts.ownerId))),
    db
      .selectDistinct({ id: conversations.ownerId })
      .from(conversations)
      .where(
        and(
          inArray(conversations.contactId, contactIds),
          eq(conversations.visibility, 'private'),
          isNotNull(conversations.ownerId),
        ),
      ),
  ])
  return [...new Set([...owners, ...talkers].flatMap(({ id }) => id ?? []))]
}
