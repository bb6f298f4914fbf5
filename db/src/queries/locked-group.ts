import { and, eq, isNull } from 'drizzle-orm'
import { AppError } from '@partyline/contracts/errors'
import type { SendLimits } from '@partyline/contracts/send-limits'
import type { Db } from '../client.ts'
import { conversations, groups, members } from '../schema/conversations.ts'
import { type Posted, postMessage } from './post-message.ts'
import type { Counting } from './send-caps.ts'

/** Whose caps the announcement counts against, and what led to it where traces are on. */
export interface Sender {
  limits: SendLimits
  traceParent?: string | undefined
}

export interface Group {
  id: string
  adminName: string
  announce: boolean
}

/** The lock keeps announcements in the order of what they announce. */
export async function lockGroup(tx: Db, id: string): Promise<Group> {
  const [group] = await tx
    .select({ id: conversations.id, adminName: groups.adminName, announce: groups.announce })
    .from(conversations)
    .innerJoin(groups, eq(groups.conversationId, conversations.id))
    .where(eq(conversations.id, id))
    .for('no key update', { of: conversations })
  if (!group) throw new AppError('not_found', 'There is no such group.')
  return group
}

/** How many more may join. The group is locked, so of two who join at once one is counted first. */
export async function roomIn(tx: Db, groupId: string, size: number): Promise<number> {
  if (size === Infinity) return Infinity
  const there = await tx.$count(
    members,
    and(eq(members.conversationId, groupId), isNull(members.leftAt)),
  )
  return Math.max(0, size - there)
}

export async function announce(
  tx: Db,
  group: Group,
  body: string,
  said: { counting: Counting; traceParent: string | undefined },
): Promise<Posted | undefined> {
  if (!group.announce) return undefined
  return postMessage(tx, {
    conversationId: group.id,
    kind: 'announcement',
    direction: 'outbound',
    author: { kind: 'system', id: null, name: group.adminName, address: null },
    body,
    ...said,
  })
}

export function groupChanged(id: string) {
  return [
    { type: 'conversation.changed', subjectId: id, conversationId: id },
    { type: 'group.changed', subjectId: id, conversationId: id },
  ] as const
}
