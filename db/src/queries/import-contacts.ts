import { sql } from 'drizzle-orm'
import type { Db } from '../client.ts'
import { addresses, contacts } from '../schema/contacts.ts'
import { conversations } from '../schema/conversations.ts'
import { beginImport } from './contact-imports.ts'
import { recordChanges } from './events.ts'
import { findOrCreateContacts } from './find-or-create-contacts.ts'
import { contactVisibleTo } from './visibility.ts'

interface Import {
  wanted: readonly Wanted[]
  userId: string
  /** With it the list can be undone. */
  importId?: string | null | undefined
}

interface Wanted {
  name: string
  address: string
}

export interface Known extends Record<string, unknown> {
  address: string
  contactId: string
  name: string | null
  visible: boolean
}

/** Who has these addresses already, and whether this user may know of them. */
export async function findKnown(
  db: Db,
  wanted: readonly { address: string }[],
  viewerId: string,
): Promise<Map<string, Known>> {
  const given = wanted.map(({ address }) => address)
  const rows = await db.execute<Known>(sql`
    select ${addresses.address}, ${contacts.id} as "contactId", ${contacts.name},
      ${contactVisibleTo(viewerId)} as visible
    from ${addresses} join ${contacts} on ${contacts.id} = ${addresses.contactId}
    where ${addresses.address} = any(${sql.param(given)}::text[])
  `)
  return new Map(rows.map((row) => [row.address, row]))
}

/**
 * Makes those who are not there, as this user's, and gives the others the name in the list. In so many
 * statements whatever their number.
 */
export async function importContacts(
  tx: Db,
  { wanted, userId, importId = null }: Import,
): Promise<void> {
  if (importId !== null) await beginImport(tx, { id: importId, userId })
  const found = await findOrCreateContacts(tx, wanted, { ownerId: userId, importId })
  const made = [...found.values()].filter(({ created }) => created)
  const renaming = wanted.flatMap(({ address, name }) => {
    const contact = found.get(address)
    const differs = contact && !contact.created && name !== '' && contact.name !== name
    return differs ? [{ id: contact.contactId, before: contact.name, name }] : []
  })
  await renameAll(tx, renaming)
  await recordChanges(
    tx,
    made.map(({ contactId }) => ({ type: 'contact.changed', subjectId: contactId })),
  )
}

async function renameAll(
  tx: Db,
  renaming: readonly { id: string; before: string | null; name: string }[],
): Promise<void> {
  if (renaming.length === 0) return
  const list = sql`unnest(${sql.param(renaming.map(({ id }) => id))}::uuid[],
    ${sql.param(renaming.map(({ before }) => before))}::text[],
    ${sql.param(renaming.map(({ name }) => name))}::text[]) as given (id, before, name)`
  const ids = sql.param(renaming.map(({ id }) => id))
  // In one order, as everybody locks them: an update takes them as it finds them.
  await tx.execute(sql`
    select from contacts where id = any(${ids}::uuid[]) order by id for no key update
  `)
  await tx.execute(sql`
    select from members where contact_id = any(${ids}::uuid[]) and left_at is null
    order by id for no key update
  `)
  await tx.execute(
    sql`update contacts set name = given.name, import_id = null from ${list} where contacts.id = given.id`,
  )
  const seats = await tx.execute<{ id: string; conversation_id: string }>(sql`
    update members set name = given.name from ${list}
    where members.contact_id = given.id and members.left_at is null and members.name = given.before
    returning members.id, members.conversation_id
  `)
  const threads = await tx.execute<{ id: string }>(sql`
    select ${conversations.id} from ${conversations}
    where ${conversations.contactId} = any(${ids}::uuid[])
  `)
  await recordChanges(tx, [
    ...renaming.map(({ id }) => ({ type: 'contact.changed' as const, subjectId: id })),
    ...threads.map(({ id }) => ({
      type: 'conversation.changed' as const,
      subjectId: id,
      conversationId: id,
    })),
    ...seats.map((seat) => ({
      type: 'member.changed' as const,
      subjectId: seat.id,
      conversationId: seat.conversation_id,
    })),
  ])
}
