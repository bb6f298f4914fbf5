import { sql } from 'drizzle-orm'
import type { Db } from '../client.ts'
import { addresses, contacts } from '../schema/contacts.ts'
import { recordChanges } from './events.ts'
import { findOrCreateContacts } from './find-or-create-contacts.ts'
import { beginImport, keepRenames } from './imported.ts'
import { renameContacts } from './rename-contacts.ts'
import { contactVisibleTo } from './visibility.ts'

interface Import {
  wanted: readonly Wanted[]
  userId: string
  /** With it the list can be undone. */
  importId?: string | null | undefined
  /** Only who has no name yet gets the one in the list. */
  keepNames?: boolean
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
  { wanted, userId, importId = null, keepNames = false }: Import,
): Promise<{ created: number; renamed: number }> {
  if (importId !== null) await beginImport(tx, { id: importId, userId })
  const found = await findOrCreateContacts(tx, wanted, { ownerId: userId, importId })
  const made = [...found.values()].filter(({ created }) => created)
  // One name each: a contact with two numbers may be in the list twice.
  const names = new Map<string, string>()
  for (const { address, name } of wanted) {
    const contact = found.get(address)
    if (!contact || contact.created || name === '' || contact.name === name) continue
    if (!keepNames || contact.name === null) names.set(contact.contactId, name)
  }
  const renamed = await renameContacts(
    tx,
    Array.from(names, ([id, name]) => ({ id, name })),
  )
  if (importId !== null) await keepRenames(tx, importId, renamed)
  await recordChanges(
    tx,
    made.map(({ contactId }) => ({ type: 'contact.changed', subjectId: contactId })),
  )
  return { created: made.length, renamed: renamed.length }
}
