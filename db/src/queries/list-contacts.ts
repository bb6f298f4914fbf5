import { type SQL, sql } from 'drizzle-orm'
import type { ContactFilter, ContactSort } from '@partyline/contracts/api/contacts'
import type { Db } from '../client.ts'
import { addresses, contacts, optOuts } from '../schema/contacts.ts'
import { unreachableAddresses } from '../schema/unreachable.ts'
import { decodeCursor, pageOf } from './cursor.ts'
import { partsOf } from './parts-of.ts'
import { contactVisibleTo } from './visibility.ts'

interface Asked {
  viewerId: string
  q?: string | undefined
  filter?: ContactFilter | undefined
  sort?: ContactSort | undefined
  cursor?: string | undefined
  limit: number
}

/** By name, those without one last and the newest of them first; or the newest first of all. */
export async function listContacts(db: Db, asked: Asked) {
  const { rows, nextCursor } =
    asked.sort === 'newest' || asked.filter === 'unnamed'
      ? await listNewest(db, asked)
      : await listByName(db, asked)
  return { rows: rows.map(({ id }) => ({ id })), nextCursor }
}

/** Ids grow with time. */
async function listNewest(db: Db, asked: Asked) {
  const before = asked.cursor ? decodeCursor(asked.cursor, ['id'])[0] : undefined
  const rows = await newest(db, asked, { before, atMost: asked.limit + 1 })
  return pageOf(rows, asked.limit, ({ id }) => [id])
}

/** Two walks, one behind the other, each along an index: a single one over both would sort everybody. */
async function listByName(db: Db, asked: Asked) {
  const place = asked.cursor && decodeCursor(asked.cursor, ['text', 'text', 'id'])
  const inNamed = !place || place[0] === 'named'
  const named = inNamed ? await walkNames(db, asked, place ? [place[1], place[2]] : undefined) : []
  const missing = asked.limit + 1 - named.length
  const before = place && !inNamed ? place[2] : undefined
  const unnamed =
    missing > 0 ? await newest(db, asked, { before, atMost: missing, unnamed: true }) : []
  const rows = [
    ...named.map((row) => ({ ...row, part: 'named' })),
    ...unnamed.map((row) => ({ ...row, place: '', part: 'unnamed' })),
  ]
  return pageOf(rows, asked.limit, (row) => [row.part, row.place, row.id])
}

async function walkNames(db: Db, asked: Asked, after: [string, string] | undefined) {
  const name = sql`lower(${contacts.name})`
  return db.execute<{ id: string; place: string }>(sql`
    select ${contacts.id}, ${name} as place from ${contacts}
    where ${contacts.name} is not null and ${isAsked(asked)}
      ${after ? sql`and (${name}, ${contacts.id}) > (${after[0]}, ${after[1]}::uuid)` : sql``}
    order by ${name}, ${contacts.id} limit ${asked.limit + 1}
  `)
}

async function newest(
  db: Db,
  asked: Asked,
  given: { before: string | undefined; atMost: number; unnamed?: boolean },
) {
  const unnamed = given.unnamed === true || asked.filter === 'unnamed'
  return db.execute<{ id: string }>(sql`
    select ${contacts.id} from ${contacts}
    where ${isAsked(asked)} ${unnamed ? sql`and ${contacts.name} is null` : sql``}
      ${given.before === undefined ? sql`` : sql`and ${contacts.id} < ${given.before}::uuid`}
    order by ${contacts.id} desc limit ${given.atMost}
  `)
}

function isAsked({ viewerId, q, filter }: Asked): SQL {
  const parts = [contactVisibleTo(viewerId)]
  if (q) parts.push(found(q))
  if (filter === 'opted_out') {
    parts.push(sql`${contacts.id} in (
      select ${addresses.contactId} from ${optOuts}
      join ${addresses} on ${addresses.address} = ${optOuts.address}
      where ${optOuts.endedAt} is null)`)
  }
  if (filter === 'unreachable') {
    parts.push(sql`${contacts.id} in (
      select ${addresses.contactId} from ${unreachableAddresses}
      join ${addresses} on ${addresses.address} = ${unreachableAddresses.address})`)
  }
  return sql.join(parts, sql` and `)
}

/** A part of the name, or of a number in whatever spelling. */
function found(q: string): SQL {
  const { name, digits = name } = partsOf(q)
  return sql`${contacts.id} in (
    select named.id from ${contacts} as named where named.name ilike ${name}
    union all select ${addresses.contactId} from ${addresses}
    where ${addresses.address} ilike ${digits})`
}
