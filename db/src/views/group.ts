import { eq, inArray, sql } from 'drizzle-orm'
import type { Group } from '@partyline/contracts/api/groups'
import type { Db } from '../client.ts'
import { conversations, groups } from '../schema/conversations.ts'
import { lines } from '../schema/lines.ts'
import { memberCount } from './conversation.ts'

export async function viewGroups(db: Db, ids: string[]): Promise<Map<string, Group>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .select({
      id: groups.conversationId,
      name: sql<string>`coalesce(${conversations.name}, ${lines.name})`,
      lineId: lines.id,
      lineAddress: lines.address,
      adminName: groups.adminName,
      announce: groups.announce,
      pausedAt: groups.pausedAt,
      memberCount,
      createdAt: conversations.createdAt,
    })
    .from(groups)
    .innerJoin(conversations, eq(conversations.id, groups.conversationId))
    .innerJoin(lines, eq(lines.id, conversations.lineId))
    .where(inArray(groups.conversationId, ids))
  return new Map(
    rows.map((row) => [
      row.id,
      {
        ...row,
        conversationId: row.id,
        pausedAt: row.pausedAt?.toISOString() ?? null,
        createdAt: row.createdAt.toISOString(),
      },
    ]),
  )
}
