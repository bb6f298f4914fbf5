import { type SQL, sql } from 'drizzle-orm'
import { neverArrives } from '@partyline/contracts/twilio-errors'
import type { Db } from '../client.ts'

/** Remembers, from failures that say so, where nothing can ever arrive. One statement, or none. */
export async function learnUnreachable(
  db: Db,
  failures: { id: string; errorCode: number }[],
): Promise<void> {
  const final = failures.filter(({ errorCode }) => neverArrives.includes(errorCode))
  if (final.length === 0) return
  await db.execute(sql`
    with changed as (
      insert into unreachable_addresses (address, error_code)
      select distinct on (address) address, given."errorCode"
      from jsonb_to_recordset(${JSON.stringify(final)}::jsonb) as given (id uuid, "errorCode" int)
      join deliveries on deliveries.id = given.id
      order by address
      on conflict (address) do nothing
      returning address
    )
    ${tellOfChanged}
  `)
}

/** They texted us, something arrived there, or a person wants it to be tried. */
export async function setReachable(db: Db, addresses: string[]): Promise<void> {
  await db.execute(sql`
    with changed as (
      delete from unreachable_addresses where address = any(${sql.param(addresses)}::text[])
      returning address
    )
    ${tellOfChanged}
  `)
}

/** By contact, as that is what these tables are indexed by. */
const tellOfChanged: SQL = sql`
    insert into events (type, subject_id, conversation_id, owner_id)
    select 'conversation.changed', conversations.id, conversations.id,
      case conversations.visibility when 'private' then conversations.owner_id end
    from changed
    join addresses on addresses.address = changed.address
    join conversations on conversations.contact_id = addresses.contact_id
      and conversations.address = changed.address
    union all
    select 'member.changed', members.id, members.conversation_id, null
    from changed
    join addresses on addresses.address = changed.address
    join members on members.contact_id = addresses.contact_id
      and members.address = changed.address and members.left_at is null`
