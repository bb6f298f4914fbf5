import { sql } from 'drizzle-orm'
import type { Db } from '../client.ts'
import { addresses, contacts } from '../schema/contacts.ts'
import { partsOf } from './parts-of.ts'
import { contactVisibleTo } from './visibility.ts'

/** Of a part that very many have in common, any so many: who looks for somebody types on. */
const atMost = 500

/** Contacts by part of a name or number: whose name begins with it first, then by name. */
export async function findContactsCalled(
  db: Db,
  { q, viewerId, limit }: { q: string; viewerId: string; limit: number },
): Promise<{ id: string }[]> {
  const { name, digits } = partsOf(q)
  const byName = sql`
    (select ${contacts.id} from ${contacts} where ${contacts.name} ilike ${name} limit ${atMost})`
  const byNumber = sql`union (select ${addresses.contactId} from ${addresses}
    where ${addresses.address} like ${digits} limit ${atMost})`
  return db.execute<{ id: string }>(sql`
    select ${contacts.id} from ${contacts}
    where ${contacts.id} = any(array(${byName} ${digits === undefined ? sql`` : byNumber}))
      and ${contactVisibleTo(viewerId)}
    order by ${contacts.name} ilike ${name.slice(1)} desc nulls last,
      lower(${contacts.name}), ${contacts.id}
    limit ${limit}
  `)
}
