import { and, eq, isNull, sql } from 'drizzle-orm'
import { AppError } from '@partyline/contracts/errors'
import { askToRaise } from '@partyline/contracts/send-limits'
import type { Db } from '../client.ts'
import { members } from '../schema/conversations.ts'
import { nameIfUnnamed } from './contacts.ts'
import { recordChanges } from './events.ts'
import { findOrCreateContact } from './find-or-create.ts'
import { announce, groupChanged, lockGroup, roomIn, type Sender } from './locked-group.ts'
import type { Posted } from './post-message.ts'

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
    if ((await roomIn(tx, group.id, limits.groupSize)) < 1) throw groupFull(limits.groupSize)
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
): Promise<{ name: string; announced: Posted | undefined } | undefined> {
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
    return { name: member.name, announced: await announce(tx, group, body, said) }
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

function groupFull(size: number): AppError {
  return new AppError(
    'group_full',
    `A group has at most ${size} members, and this one is full. Remove somebody first, or ${askToRaise}.`,
  )
}
