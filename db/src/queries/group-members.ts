import { and, eq, isNull, sql } from 'drizzle-orm'
import { AppError } from '@partyline/contracts/errors'
import type { SendLimits } from '@partyline/contracts/send-limits'
import type { Db } from '../client.ts'
import { conversations, groups, members } from '../schema/conversations.ts'
import { nameIfUnnamed } from './contacts.ts'
import { recordChanges } from './events.ts'
import { findOrCreateContact } from './find-or-create.ts'
import { type Posted, postMessage } from './post-message.ts'
import type { Counting } from './send-caps.ts'

/** Whose caps the announcement counts against, and what led to it where traces are on. */
interface Sender {
  limits: SendLimits
  traceParent?: string | undefined
}

/** Adds somebody and tells all members, the new one included, together or not at all. */
export async function addMember(
  db: Db,
  given: { groupId: string; name: string; address: string },
  { userId, limits, traceParent }: Sender & { userId: string },
): Promise<{ memberId: string; announced: Posted | undefined }> {
  return db.transaction(async (tx) => {
    // The address before the conversation, as a text coming in does: else the two could wait for each other.
    const contact = await findOrCreateContact(tx, { address: given.address, name: given.name })
    const group = await lockGroup(tx, given.groupId)
    if (!contact.created) await nameIfUnnamed(tx, contact.contactId, given.name)
    await refuseFull(tx, group.id, limits.groupSize)
    const [member] = await tx
      .insert(members)
      .values({
        conversationId: given.groupId,
        kind: 'contact',
        contactId: contact.contactId,
        name: given.name,
        address: given.address,
      })
      .onConflictDoNothing()
      .returning({ id: members.id })
    if (!member) {
      throw new AppError('already_exists', 'Somebody with this number is already in the group.')
    }
    await recordChanges(tx, [
      { type: 'contact.changed', subjectId: contact.contactId },
      { type: 'member.changed', subjectId: member.id, conversationId: given.groupId },
      ...groupChanged(given.groupId),
    ])
    const said = { counting: { caps: limits, userId }, traceParent }
    const announced = await announce(tx, group, `${given.name} has joined the group`, said)
    return { memberId: member.id, announced }
  })
}

/** Undefined when nobody in the group has this id. */
export async function removeMember(
  db: Db,
  given: { groupId: string; memberId: string },
  { limits, traceParent }: Sender,
): Promise<{ announced: Posted | undefined } | undefined> {
  return db.transaction(async (tx) => {
    const group = await lockGroup(tx, given.groupId)
    const [member] = await tx
      .update(members)
      .set({ leftAt: sql`now()` })
      .where(
        and(
          eq(members.id, given.memberId),
          eq(members.conversationId, given.groupId),
          isNull(members.leftAt),
        ),
      )
      .returning({ name: members.name })
    if (!member) return undefined
    await recordChanges(tx, [
      { type: 'member.removed', subjectId: given.memberId, conversationId: given.groupId },
      ...groupChanged(given.groupId),
    ])
    // No cap keeps anybody from removing somebody.
    const said = { counting: { caps: limits, userId: null }, traceParent }
    const body = `${member.name} has left the group`
    return { announced: await announce(tx, group, body, said) }
  })
}

/** The groups a contact is in now. */
export async function listMemberships(
  db: Db,
  contactId: string,
): Promise<{ groupId: string; memberId: string }[]> {
  return db
    .select({ groupId: members.conversationId, memberId: members.id })
    .from(members)
    .where(and(eq(members.contactId, contactId), isNull(members.leftAt)))
}

interface Group {
  id: string
  adminName: string
  announce: boolean
}

/** The lock keeps announcements in the order of what they announce. */
async function lockGroup(tx: Db, id: string): Promise<Group> {
  const [group] = await tx
    .select({ id: conversations.id, adminName: groups.adminName, announce: groups.announce })
    .from(conversations)
    .innerJoin(groups, eq(groups.conversationId, conversations.id))
    .where(eq(conversations.id, id))
    .for('no key update', { of: conversations })
  if (!group) throw new AppError('not_found', 'There is no such group.')
  return group
}

/** The group is locked, so of two who join at once one is counted first. */
async function refuseFull(tx: Db, groupId: string, size: number): Promise<void> {
  if (size === Infinity) return
  const there = await tx.$count(
    members,
    and(eq(members.conversationId, groupId), isNull(members.leftAt)),
  )
  if (there < size) return
  throw new AppError(
    'group_full',
    `A group has at most ${size} members, and this one is full. Remove somebody first, or ask whoever runs Partyline to raise GROUP_SIZE_CAP.`,
  )
}

async function announce(
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

function groupChanged(id: string) {
  return [
    { type: 'conversation.changed', subjectId: id, conversationId: id },
    { type: 'group.changed', subjectId: id, conversationId: id },
  ] as const
}
