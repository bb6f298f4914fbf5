import { sql } from 'drizzle-orm'
import { type Channel, channelOf } from '@partyline/contracts/channels'
import type { Db } from '../client.ts'
import type { LineRow } from '../schema/lines.ts'

/**
 * The contact with this address, made if there is none. One statement: of 100 parallel first texts from
 * one number, one makes the contact and 99 wait for it on the address.
 */
export async function findOrCreateContact(
  db: Db,
  given: { address: string; name?: string | undefined; ownerId?: string | undefined },
): Promise<FoundContact> {
  const channel: Channel = channelOf(given.address)
  const [row] = await db.execute<{
    contact_id: string
    name: string | null
    created: boolean
    unreachable: boolean
  }>(sql`
    with linked as (
      insert into addresses (address, contact_id, channel)
      values (${given.address}, uuidv7(), ${channel})
      on conflict (address) do update set address = excluded.address
      returning contact_id, old.address is null as created
    ), made as (
      insert into contacts (id, name, owner_id)
      select contact_id, ${given.name ?? null}, ${given.ownerId ?? null}::uuid from linked where created
      returning id, name
    )
    select linked.contact_id, linked.created, coalesce(made.name, contacts.name) as name,
      exists (select from unreachable_addresses as dead where dead.address = ${given.address})
        as unreachable
    from linked
    left join made on made.id = linked.contact_id
    left join contacts on contacts.id = linked.contact_id
  `)
  if (!row) throw new Error('upsert returned no row')
  const { contact_id: contactId, name, created, unreachable } = row
  return { contactId, name, created, unreachable }
}

interface FoundContact {
  contactId: string
  name: string | null
  created: boolean
  /** The carrier said that nothing can arrive there. */
  unreachable: boolean
}

/** The thread of a line with an address, made if there is none. An existing one is left as it is. */
export async function findOrCreateDirect(
  db: Db,
  given: {
    lineId: string
    address: string
    contactId: string
    visibility?: 'shared' | 'private'
    ownerId?: string | undefined
    /** False: it comes with its contact, and nobody has anything to say there yet. */
    begun?: boolean
  },
): Promise<{ conversationId: string; created: boolean }> {
  const [row] = await db.execute<{ id: string; created: boolean }>(sql`
    insert into conversations (kind, line_id, address, contact_id, visibility, owner_id, begun)
    values ('direct', ${given.lineId}, ${given.address}, ${given.contactId},
      ${given.visibility ?? 'shared'}, ${given.ownerId ?? null}::uuid, ${given.begun ?? true})
    on conflict (line_id, address) where kind = 'direct'
      do update set begun = conversations.begun or excluded.begun
    returning id, old.id is null as created
  `)
  if (!row) throw new Error('upsert returned no row')
  return { conversationId: row.id, created: row.created }
}

export interface FoundLine {
  id: string
  mode: LineRow['mode']
  autoReply: string | null
  hours: LineRow['hours']
  awayReply: string | null
  created: boolean
}

/**
 * The line a text came in on: the number, or the Messaging Service it belongs to. A number we have not
 * been told of becomes an inbox line, so that its texts are seen.
 */
export async function findOrCreateLine(
  db: Db,
  given: { address: string; messagingServiceSid: string | null },
): Promise<FoundLine> {
  const find = () =>
    db.execute<Omit<FoundLine, 'created'> & Record<string, unknown>>(sql`
      select id, mode, auto_reply as "autoReply", hours, away_reply as "awayReply" from lines
      where address in (${given.address}, ${given.messagingServiceSid ?? given.address})
      order by address = ${given.address} desc limit 1
    `)
  const [known] = await find()
  if (known) return { ...known, created: false }
  const inserted = await db.execute(sql`
    insert into lines (address, channel, name, mode)
    values (${given.address}, ${channelOf(given.address)}, ${given.address}, 'inbox')
    on conflict (address) do nothing
  `)
  const [made] = await find()
  if (!made) throw new Error('the line was not made')
  return { ...made, created: inserted.count > 0 }
}
