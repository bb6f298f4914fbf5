import { and, eq, inArray, isNull, sql } from 'drizzle-orm'
import type { Announcing } from '@partyline/contracts/api/bulk-people'
import type { Db } from '../client.ts'
import { members } from '../schema/conversations.ts'
import { announceMany } from './announce-many.ts'
import { recordChanges } from './events.ts'
import { findOrCreateContacts, nameUnnamed } from './find-or-create-contacts.ts'
import { beginImport, keepAnnounced, keepMembers, keepRenames } from './imported.ts'
import { groupChanged, lockGroup, roomIn, type Sender } from './locked-group.ts'
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
  given: {
    groupId: string
    wanted: readonly Wanted[]
    announce: Announcing
    /** With it the list can be undone. */
    importId: string | undefined
  },
  { userId, limits, traceParent }: Sender & { userId: string },
): Promise<Imported> {
  const { groupId, wanted, importId } = given
  if (importId !== undefined) await beginImport(tx, { id: importId, userId, groupId })
  const contacts = await findOrCreateContacts(tx, wanted, { importId: importId ?? null })
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
  if (importId !== undefined) await keepBrought(tx, importId, { named, seats })
  const changed = [
    ...joining.filter(({ created }) => created).map(({ contactId }) => contactId),
    ...named.map(({ id }) => id),
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
  const names = joining.map(({ name }) => name)
  const coming = { names, what: 'joined', how: given.announce } as const
  const announced = await announceMany(tx, group, coming, said)
  const told = announced.some(({ deliveryCount }) => deliveryCount > 0)
  if (importId !== undefined && told) await keepAnnounced(tx, importId)
  return { announced, byAddress: becomings(wanted, { there, seats }) }
}

const becomings = (
  wanted: readonly Wanted[],
  { there, seats }: { there: ReadonlySet<string>; seats: readonly Seat[] },
): Map<string, Became> => {
  const seatOf = new Map(seats.map(({ id, address }) => [address, id]))
  return new Map(
    wanted.map(({ address }): [string, Became] => {
      const memberId = seatOf.get(address)
      if (memberId !== undefined) return [address, { memberId }]
      return [address, there.has(address) ? 'already_member' : 'group_full']
    }),
  )
}

async function keepBrought(
  tx: Db,
  importId: string,
  { named, seats }: { named: readonly { id: string; name: string }[]; seats: readonly Seat[] },
): Promise<void> {
  const renamed = named.map(({ id, name }) => ({ id, before: null, name }))
  await keepRenames(tx, importId, renamed)
  await keepMembers(tx, { importId, memberIds: seats.map(({ id }) => id) })
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

interface Seat extends Record<string, unknown> {
  id: string
  address: string
}

async function seat(
  tx: Db,
  groupId: string,
  joining: readonly { contactId: string; name: string; address: string }[],
): Promise<readonly Seat[]> {
  if (joining.length === 0) return []
  return tx.execute<Seat>(sql`
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
  const going = { names, what: 'left', how: given.announce } as const
  return { removed, announced: await announceMany(tx, group, going, said) }
}
