import { sql } from 'drizzle-orm'
import type { Db } from '../client.ts'
import { recordChanges } from './events.ts'

interface Move {
  from: string
  to: string
  /** Whose conversations, memberships and texts go along. */
  addresses: string[]
}

/**
 * Gives addresses of one contact to another, with all that was said and joined from them. Two seats in one
 * group stay two: each has its own number. To be called with the addresses locked; rows of a table are
 * locked in the order of their ids, as by everybody else.
 */
export async function moveAddresses(tx: Db, { from, to, addresses }: Move): Promise<void> {
  const these = sql`= any(${sql.param(addresses)}::text[])`
  await tx.execute(sql`
    update addresses set contact_id = ${to} where contact_id = ${from} and address ${these}
  `)
  const threads = await tx.execute<{ id: string }>(sql`
    update conversations set contact_id = ${to} where id = any(array(
      select id from conversations where contact_id = ${from} and address ${these}
      order by id for no key update))
    returning id
  `)
  const seats = await tx.execute<{ id: string; conversation_id: string }>(sql`
    update members set contact_id = ${to} where id = any(array(
      select id from members where contact_id = ${from} and address ${these}
      order by id for no key update))
    returning id, conversation_id
  `)
  const places = [
    ...threads.map(({ id }) => id),
    ...seats.map(({ conversation_id }) => conversation_id),
  ]
  await tx.execute(sql`
    with theirs as (
      select id from messages
      where conversation_id = any(${sql.param([...new Set(places)])}::uuid[])
        and author_kind = 'contact' and author_id = ${from} and author_address ${these}
      order by id for no key update
    )
    update messages set author_id = ${to} from theirs where messages.id = theirs.id
  `)
  await recordChanges(tx, [
    ...threads.map(({ id }) => ({
      type: 'conversation.changed' as const,
      subjectId: id,
      conversationId: id,
    })),
    ...seats.map(({ id, conversation_id }) => ({
      type: 'member.changed' as const,
      subjectId: id,
      conversationId: conversation_id,
    })),
  ])
}

/** Addresses first and contacts after them, as a text coming in does: else the two could wait for each other. */
export async function lockContacts(tx: Db, ids: string[]): Promise<void> {
  const these = sql`= any(${sql.param(ids)}::uuid[])`
  await tx.execute(sql`select from addresses where contact_id ${these} order by address for update`)
  await tx.execute(sql`select from contacts where id ${these} order by id for update`)
}

/** Every address that a contact has, or had when something was said or joined from it. */
export async function everyAddress(tx: Db, contactId: string): Promise<string[]> {
  const rows = await tx.execute<{ address: string }>(sql`
    select address from addresses where contact_id = ${contactId}
    union select address from conversations where contact_id = ${contactId} and address is not null
    union select address from members where contact_id = ${contactId} and address is not null
    union select messages.author_address from messages
      where messages.author_kind = 'contact' and messages.author_id = ${contactId}
        and messages.author_address is not null and messages.conversation_id in (
          select id from conversations where contact_id = ${contactId}
          union select conversation_id from members where contact_id = ${contactId})
  `)
  return rows.map(({ address }) => address)
}
