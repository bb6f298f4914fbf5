import { and, asc, eq, inArray } from 'drizzle-orm'
import { formatAddress } from '@partyline/contracts/phone'
import type { Db } from '../client.ts'
import { contactVisibleTo } from '../queries/visibility.ts'
import { addresses, contacts } from '../schema/contacts.ts'
import { conversations, members } from '../schema/conversations.ts'
import { lines } from '../schema/lines.ts'
import { apiTokens, users } from '../schema/users.ts'

/**
 * What these ids are called, whatever they are of: one query for each kind. What is gone has no name, nor
 * has a contact that the viewer may not see.
 */
export async function viewAuditNames(
  db: Db,
  ids: string[],
  viewerId: string,
): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const named = [users, lines, members, apiTokens].map((table) =>
    db.select({ id: table.id, name: table.name }).from(table).where(inArray(table.id, ids)),
  )
  const [found, groups, people] = await Promise.all([
    Promise.all(named),
    db
      .select({ id: conversations.id, name: conversations.name })
      .from(conversations)
      .where(and(inArray(conversations.id, ids), eq(conversations.kind, 'group'))),
    db
      .selectDistinctOn([contacts.id], {
        id: contacts.id,
        name: contacts.name,
        address: addresses.address,
      })
      .from(contacts)
      .leftJoin(addresses, eq(addresses.contactId, contacts.id))
      .where(and(inArray(contacts.id, ids), contactVisibleTo(viewerId)))
      .orderBy(asc(contacts.id), asc(addresses.createdAt)),
  ])
  const persons = people.map(({ id, name, address }) => ({
    id,
    name: name ?? (address === null ? null : formatAddress(address)),
  }))
  const all = [...found.flat(), ...groups, ...persons]
  return new Map(all.flatMap(({ id, name }) => (name === null ? [] : [[id, name] as const])))
}
