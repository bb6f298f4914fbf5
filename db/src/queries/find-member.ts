import { and, eq, isNull } from 'drizzle-orm'
import type { Db } from '../client.ts'
import { conversations, members } from '../schema/conversations.ts'

/** The group of this line that the address belongs to. Scoped by line: a person may be in many groups. */
export async function findGroupOfMember(
  db: Db,
  lineId: string,
  address: string,
): Promise<{ id: string; conversationId: string; name: string } | undefined> {
  const [row] = await db
    .select({ id: members.id, conversationId: members.conversationId, name: members.name })
    .from(members)
    .innerJoin(conversations, eq(conversations.id, members.conversationId))
    .where(
      and(
        eq(conversations.lineId, lineId),
        eq(conversations.kind, 'group'),
        eq(members.address, address),
        isNull(members.leftAt),
      ),
    )
  return row
}
