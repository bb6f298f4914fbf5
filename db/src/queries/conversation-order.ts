import { type SQL, sql } from 'drizzle-orm'
import { conversations } from '../schema/conversations.ts'
import { decodeCursor } from './cursor.ts'
import { withNext } from './planned.ts'

/** What is asked for that has an order of its own: who waits longest first, what goes out next. */
interface Ordered {
  waiting?: boolean | undefined
  scheduled?: boolean | undefined
}

export const sourceOf = ({ scheduled }: Ordered) => (scheduled ? withNext : sql`${conversations}`)

export function placeOf({ waiting, scheduled }: Ordered): SQL {
  if (scheduled) return sql`next.send_at`
  return waiting ? sql`${conversations.waitingSince}` : sql`${conversations.lastMessageAt}`
}

/** `nulls last` is how the indexes are ordered: without the words they would not be used. */
export const sorted = ({ waiting, scheduled }: Ordered, place: SQL, id: SQL) =>
  waiting || scheduled
    ? sql`order by ${place}, ${id}`
    : sql`order by ${place} desc nulls last, ${id} desc nulls last`

export function behind(filter: Ordered, cursor: string | undefined): SQL {
  if (cursor === undefined) return sql``
  const place = placeOf(filter)
  const [micros, id] = decodeCursor(cursor, ['number', 'id'])
  const last = sql`timestamptz 'epoch' + ${micros}::bigint * interval '1 microsecond'`
  const row = sql`(${place}, ${conversations.id})`
  // Of two tables: an index finds where to begin by the time alone.
  if (filter.scheduled) return sql` and ${place} >= ${last} and ${row} > (${last}, ${id}::uuid)`
  return filter.waiting
    ? sql` and ${row} > (${last}, ${id}::uuid)`
    : sql` and ${row} < (${last}, ${id}::uuid)`
}
