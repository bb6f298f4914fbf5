import { sql } from 'drizzle-orm'
import type { Db } from '../client.ts'
import { conversations } from '../schema/conversations.ts'
import { recordChanges } from './events.ts'

export interface Renamed extends Record<string, unknown> {
  id: string
  before: string | null
  name: string | null
}

/** Gives each its name, also in the groups where it is called as it was until now. Each contact once. */
export async function renameContacts(
  tx: Db,
  wanted: readonly { id: string; name: string | null }[],
): Promise<Renamed[]> {
  if (wanted.length === 0) return []
  const ids = sql.param(wanted.map(({ id }) => id))
  // In one order, as everybody locks them: an update takes them as it finds them.
  await tx.execute(sql`
    select from contacts where id = any(${ids}::uuid[]) order by id for no key update
  `)
  await tx.execute(sql`
    select from members where contact_id = any(${ids}::uuid[]) and left_at is null
    order by id for no key update
  `)
  const renamed = await tx.execute<Renamed>(sql`
    update contacts set name = given.name, import_id = null
    from unnest(${ids}::uuid[], ${sql.param(wanted.map(({ name }) => name))}::text[])
      as given (id, name)
    where contacts.id = given.id and contacts.name is distinct from given.name
    returning contacts.id, old.name as before, contacts.name
  `)
  await followRenamed(tx, renamed)
  return renamed
}

async function followRenamed(tx: Db, renamed: readonly Renamed[]): Promise<void> {
  const ids = sql.param(renamed.map(({ id }) => id))
  const seats = await tx.execute<{ id: string; conversation_id: string }>(sql`
    update members set name = given.name
    from unnest(${ids}::uuid[], ${sql.param(renamed.map(({ before }) => before))}::text[],
      ${sql.param(renamed.map(({ name }) => name))}::text[]) as given (id, before, name)
    where members.contact_id = given.id and members.left_at is null
      and members.name = given.before and given.name is not null
    returning members.id, members.conversation_id
  `)
  const threads = await tx.execute<{ id: string }>(sql`
    select ${conversations.id} from ${conversations}
    where ${conversations.contactId} = any(${ids}::uuid[])
  `)
  await recordChanges(tx, [
    ...renamed.map(({ id }) => ({ type: 'contact.changed' as const, subjectId: id })),
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
