import { type SQL, sql } from 'drizzle-orm'
import { addresses, contacts } from '../schema/contacts.ts'
import { conversations } from '../schema/conversations.ts'

const escaped = (text: string) => text.replace(/[\\%_]/g, '\\$&')

/** Part of a name or, where it can be one, of a number. `%` and `_` mean themselves. */
export function partsOf(q: string): { name: string; digits: string | undefined } {
  const digits = q.replace(/\D/g, '')
  const byNumber = /^[\d\s()+.-]+$/.test(q) && digits !== ''
  return { name: `%${escaped(q)}%`, digits: byNumber ? `%${digits}%` : undefined }
}

/** Of a conversation beside its contact. The same conversations as `called`, asked one by one. */
export function isCalled(q: string): SQL {
  const { name, digits } = partsOf(q)
  const byName = sql`coalesce(${conversations.name}, ${contacts.name}) ilike ${name}`
  return digits === undefined ? byName : sql`(${byName} or ${conversations.address} like ${digits})`
}

/** The ids of conversations by part of a name or number, through the indexes of parts. */
export function called(q: string): SQL {
  const { name, digits } = partsOf(q)
  const byName = sql`
    select ${conversations.id} from ${contacts}
      join ${conversations} on ${conversations.contactId} = ${contacts.id}
      where ${contacts.name} ilike ${name} and ${conversations.name} is null
    union select ${conversations.id} from ${conversations}
      where kind <> 'direct' and ${conversations.name} ilike ${name}`
  if (digits === undefined) return byName
  return sql`${byName}
    union select ${conversations.id} from ${addresses}
      join ${conversations} on ${conversations.contactId} = ${addresses.contactId}
        and ${conversations.address} = ${addresses.address}
      where ${addresses.address} like ${digits}`
}
