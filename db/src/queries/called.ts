import { type SQL, sql } from 'drizzle-orm'
import { addresses, contacts } from '../schema/contacts.ts'
import { conversations } from '../schema/conversations.ts'
import { partsOf } from './parts-of.ts'

/** Of those `near`. Finds what `called` finds, asked one by one: a join would read all contacts. */
export function isCalled(q: string): SQL {
  const { name, digits } = partsOf(q)
  const byName = sql`coalesce(near.name, (
    select ${contacts.name} from ${contacts} where ${contacts.id} = near.contact_id)) ilike ${name}`
  return digits === undefined ? byName : sql`(${byName} or near.address like ${digits})`
}

/**
 * The ids of conversations by part of a name or number, through the indexes of parts. Arrays, so that
 * conversations are looked up one by one, whatever the planner expects of a part it does not know.
 */
export function called(q: string): SQL {
  const { name, digits } = partsOf(q)
  const of = (contactIds: SQL) =>
    sql`select ${conversations.id} from ${conversations}
      where ${conversations.contactId} = any(array(${contactIds}))`
  const byName = sql`
    ${of(sql`select ${contacts.id} from ${contacts} where ${contacts.name} ilike ${name}`)}
    union select ${conversations.id} from ${conversations}
      where kind <> 'direct' and ${conversations.name} ilike ${name}`
  if (digits === undefined) return byName
  const owners = sql`select ${addresses.contactId} from ${addresses}
    where ${addresses.address} like ${digits}`
  return sql`${byName} union ${of(owners)} and ${conversations.address} like ${digits}`
}
