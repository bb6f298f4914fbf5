import { eq, inArray, sql } from 'drizzle-orm'
import type { Member } from '@partyline/contracts/api/groups'
import { formatAddress } from '@partyline/contracts/phone'
import type { Db } from '../client.ts'
import { conversations, type MemberRow, members } from '../schema/conversations.ts'
import { optedOut } from './opted-out.ts'
import { unreachable } from './unreachable.ts'

/** Members who have left are among them: the caller decides whom it asks for. */
export async function viewMembers(db: Db, ids: string[]): Promise<Map<string, Member>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .select({
      member: members,
      optedOut: optedOut(sql`${conversations.lineId}`, sql`${members.address}`),
      unreachable: unreachable(sql`${members.address}`),
    })
    .from(members)
    .innerJoin(conversations, eq(conversations.id, members.conversationId))
    .where(inArray(members.id, ids))
  return new Map(rows.map((found) => [found.member.id, toMember(found)]))
}

interface Found {
  member: MemberRow
  optedOut: boolean
  unreachable: boolean
}

function toMember({ member: row, optedOut, unreachable }: Found): Member {
  return {
    id: row.id,
    conversationId: row.conversationId,
    kind: row.kind,
    contactId: row.contactId,
    userId: row.userId,
    name: row.name,
    address: row.address,
    displayAddress: row.address && formatAddress(row.address),
    optedOut,
    unreachable,
    joinedAt: row.joinedAt.toISOString(),
  }
}
