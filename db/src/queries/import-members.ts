import { and, eq, inArray, isNull, sql } from 'drizzle-orm'
import type { Announcing } from '@partyline/contracts/api/bulk-people'
import type { Db } from '../client.ts'
import { members } from '../schema/conversations.ts'
import { recordChanges } from './events.ts'
import { findOrCreateContacts, nameUnnamed } from './find-or-create-contacts.ts'
import { announce, groupChanged, lockGroup, roomIn, type Sender } from './locked-group.ts'
import type { Posted } from './post-message.ts'

interface Wanted {
  name: string
  address: string
}

/** The new member, or why there is none. */
type Became = { memberId: string } | 'already_member' | 'group_full'

interface Imported {
  byAddress: Map<string, Became>
  announced: Posted[]
}

/** Adds all who are not in the group yet, in so many statements whatever their number, together or not at all. */
export async function importMembers(
  tx: Db,
  given: { groupId: string; wanted: readonly Wanted[]; announce: Announcing },
  { userId, limits, traceParent }: Sender & { userId: string },
): Promise<Imported> {
  const { groupId, wanted } = given
  const contacts = await findOrCreateContacts(tx, wanted)
  const group = await lockGroup(tx, groupId)
  const there = await findMembers(tx, groupId, wanted)
  const absent = wanted.filter(({ address }) => !there.has(address))
  const room = await roomIn(tx, groupId, limits.groupSize)
  const joining = absent.slice(0, Math.min(room, absent.length)).flatMap((one) => {
    const contact = contacts.get(one.address)
    return contact ? [{ ...one, ...contact, name: one.name }] : []
  })
  const named = await nameUnnamed(
    tx,
    joining.filter(({ created }) => !created),
  )
  const seats = await seat(tx, groupId, joining)
  const changed = [
    ...joining.filter(({ created }) => created).map(({ contactId }) => contactId),
    ...named,
  ]
  await recordChanges(tx, [
    ...changed.map((subjectId) => ({ type: 'contact.changed' as const, subjectId })),
    ...seats.map(({ id }) => ({
      type: 'member.changed' as const,
      subjectId: id,
      conversationId: groupId,
    })),
    ...(seats.length > 0 ? groupChanged(groupId) : []),
  ])
  const said = { counting: { caps: limits, userId }, traceParent }
  const announced: Posted[] = []
  const names = joining.map(({ name }) => name)
  for (const body of announcements(names, 'joined', given.announce)) {
    const posted = await announce(tx, group, body, said)
    if (posted) announced.push(posted)
  }
  const seatOf = new Map(seats.map(({ id, address }) => [address, id]))
  return {
    announced,
    byAddress: new Map(
      wanted.map(({ address }): [string, Became] => {
        const memberId = seatOf.get(address)
        if (memberId !== undefined) return [address, { memberId }]
        return [address, there.has(address) ? 'already_member' : 'group_full']
      }),
    ),
  }
}

/** Which of these addresses are in the group. */
export async function findMembers(
  db: Db,
  groupId: string,
  wanted: readonly { address: string }[],
): Promise<ReadonlySet<string>> {
  const rows = await db.execute<{ address: string }>(sql`
    select address from members where conversation_id = ${groupId} and left_at is null
      and address = any(${sql.param(wanted.map(({ address }) => address))}::text[])
  `)
  return new Set(rows.map(({ address }) => address))
}

async function seat(
  tx: Db,
  groupId: string,
  joining: readonly { contactId: string; name: string; address: string }[],
) {
  if (joining.length === 0) return []
  return tx.execute<{ id: string; address: string }>(sql`
    insert into members (conversation_id, kind, contact_id, name, address)
    select ${groupId}::uuid, 'contact', joining.contact_id, joining.name, joining.address
    from unnest(${sql.param(joining.map(({ contactId }) => contactId))}::uuid[],
      ${sql.param(joining.map(({ name }) => name))}::text[],
      ${sql.param(joining.map(({ address }) => address))}::text[])
      with ordinality as joining (contact_id, name, address, place)
    order by joining.place
    returning id, address
  `)
}

/** Takes all of these out who are in the group. Who has left already is not among those who are returned. */
export async function removeMembers(
  tx: Db,
  given: { groupId: string; memberIds: string[]; announce: Announcing },
  { limits, traceParent }: Sender,
): Promise<{ removed: { id: string; name: string }[]; announced: Posted[] }> {
  const { groupId } = given
  const group = await lockGroup(tx, groupId)
  const gone = await tx
    .update(members)
    .set({ leftAt: sql`now()` })
    .where(
      and(
        inArray(members.id, given.memberIds),
        eq(members.conversationId, groupId),
        isNull(members.leftAt),
      ),
    )
    .returning({ id: members.id, name: members.name })
  if (gone.length === 0) return { removed: gone, announced: [] }
  await recordChanges(tx, [
    ...gone.map(({ id }) => ({
      type: 'member.removed' as const,
      subjectId: id,
      conversationId: groupId,
    })),
    ...groupChanged(groupId),
  ])
  // No cap keeps anybody from removing somebody.
  const said = { counting: { caps: limits, userId: null }, traceParent }
  const order = new Map(given.memberIds.map((id, place) => [id, place]))
  const removed = gone.toSorted((a, b) => (order.get(a.id) ?? 0) - (order.get(b.id) ?? 0))
  const names = removed.map(({ name }) => name)
  const announced: Posted[] = []
  for (const body of announcements(names, 'left', given.announce)) {
    const posted = await announce(tx, group, body, said)
    if (posted) announced.push(posted)
  }
  return { removed, announced }
}

/** `Ana, Ben and 38 others have joined the group`. */
function announcements(
  names: readonly string[],
  what: 'joined' | 'left',
  how: Announcing,
): string[] {
  const [first, second] = names
  if (how === 'none' || first === undefined) return []
  if (how === 'each' || second === undefined) {
    return names.map((name) => `${name} has ${what} the group`)
  }
  const others = names.length - 2
  if (others === 0) return [`${first} and ${second} have ${what} the group`]
  const rest = others === 1 ? (names[2] ?? '') : `${others} others`
  return [`${first}, ${second} and ${rest} have ${what} the group`]
}
