import { and, asc, eq, isNull, type SQL, sql } from 'drizzle-orm'
import type { MemberCounts, MemberState } from '@partyline/contracts/api/groups'
import type { Db } from '../client.ts'
import { conversations, groups, members } from '../schema/conversations.ts'
import { optedOut } from '../views/opted-out.ts'
import { unreachable } from '../views/unreachable.ts'
import { decodeCursor, pageOf } from './cursor.ts'
import { matches } from './parts-of.ts'

const left = optedOut(sql`${conversations.lineId}`, sql`${members.address}`)
const dead = unreachable(sql`${members.address}`)

const inState: Record<MemberState, SQL> = {
  active: sql`not ${left} and not ${dead}`,
  opted_out: sql`${left}`,
  unreachable: sql`${dead} and not ${left}`,
}

/** Members in the order they joined. Undefined when there is no such group. */
export async function listMembers(
  db: Db,
  given: {
    groupId: string
    q?: string | undefined
    state?: MemberState | undefined
    cursor?: string | undefined
    limit: number
  },
) {
  const after = given.cursor && decodeCursor(given.cursor, ['id'])
  if ((await db.$count(groups, eq(groups.conversationId, given.groupId))) === 0) return undefined
  const rows = await db
    .select({ id: members.id })
    .from(members)
    .innerJoin(conversations, eq(conversations.id, members.conversationId))
    .where(
      and(
        eq(members.conversationId, given.groupId),
        isNull(members.leftAt),
        after ? sql`${members.id} > ${after[0]}::uuid` : undefined,
        given.q ? matches(given.q, sql`${members.name}`, sql`${members.address}`) : undefined,
        given.state ? inState[given.state] : undefined,
      ),
    )
    .orderBy(asc(members.id))
    .limit(given.limit + 1)
  return pageOf(rows, given.limit, ({ id }) => [id])
}

export async function countMembers(db: Db, groupId: string): Promise<MemberCounts> {
  const count = (state: MemberState) =>
    sql<number>`(count(*) filter (where ${inState[state]}))::int`
  const [row] = await db
    .select({
      active: count('active'),
      optedOut: count('opted_out'),
      unreachable: count('unreachable'),
    })
    .from(members)
    .innerJoin(conversations, eq(conversations.id, members.conversationId))
    .where(and(eq(members.conversationId, groupId), isNull(members.leftAt)))
  return row ?? { active: 0, optedOut: 0, unreachable: 0 }
}
