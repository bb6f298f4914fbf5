import { sql } from 'drizzle-orm'
import { channelOf } from '@partyline/contracts/channels'
import type { Db } from '../client.ts'

interface Wanted {
  address: string
  name: string
}

/** As `findOrCreateContact`, for many at once. Each address once; by address, so that two lists cannot wait for each other. */
export async function findOrCreateContacts(
  tx: Db,
  wanted: readonly Wanted[],
  { ownerId = null, importId = null }: { ownerId?: string | null; importId?: string | null } = {},
): Promise<Map<string, { contactId: string; name: string | null; created: boolean }>> {
  const addresses = wanted.map(({ address }) => address)
  const names = wanted.map(({ name }) => name)
  const channels = addresses.map(channelOf)
  const rows = await tx.execute<{
    address: string
    contact_id: string
    name: string | null
    created: boolean
  }>(sql`
    with wanted as (
      select * from unnest(${sql.param(addresses)}::text[], ${sql.param(names)}::text[],
        ${sql.param(channels)}::text[]) as list (address, name, channel)
    ), linked as (
      insert into addresses (address, contact_id, channel)
      select address, uuidv7(), channel::channel from wanted order by address
      on conflict (address) do update set address = excluded.address
      returning addresses.address, contact_id, old.address is null as created
    ), made as (
      insert into contacts (id, name, owner_id, import_id)
      select linked.contact_id, nullif(wanted.name, ''), ${ownerId}::uuid, ${importId}::uuid
      from linked join wanted using (address) where created
      returning id, name
    )
    select linked.address, linked.contact_id, linked.created,
      case when linked.created then wanted.name else contacts.name end as name
    from linked join wanted using (address)
    left join contacts on contacts.id = linked.contact_id
  `)
  return new Map(
    rows.map(({ address, contact_id: contactId, name, created }) => [
      address,
      { contactId, name, created },
    ]),
  )
}

/** Names those among them who have none. */
export async function nameUnnamed(
  tx: Db,
  given: readonly { contactId: string; name: string }[],
): Promise<{ id: string; name: string }[]> {
  const ids = given.map(({ contactId }) => contactId)
  const names = given.map(({ name }) => name)
  // In one order, as everybody locks them.
  await tx.execute(sql`
    select from contacts where id = any(${sql.param(ids)}::uuid[]) and name is null
    order by id for no key update
  `)
  return tx.execute<{ id: string; name: string }>(sql`
    update contacts set name = given.name, import_id = null
    from unnest(${sql.param(ids)}::uuid[], ${sql.param(names)}::text[]) as given (id, name)
    where contacts.id = given.id and contacts.name is null and given.name <> ''
    returning contacts.id, contacts.name
  `)
}
