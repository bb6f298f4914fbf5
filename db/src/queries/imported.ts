import { type SQL, sql } from 'drizzle-orm'
import { AppError } from '@partyline/contracts/errors'
import type { Db } from '../client.ts'
import { recordChanges } from './events.ts'
import { renameContacts, type Renamed } from './rename-contacts.ts'
import { contactVisibleTo } from './visibility.ts'

interface Begun {
  id: string
  userId: string
  /** The group that it is brought into. */
  groupId?: string
}

/** Begins a list, or goes on with it: a long one comes in parts. */
export async function beginImport(tx: Db, { id, userId, groupId }: Begun): Promise<void> {
  const [mine] = await tx.execute(sql`
    insert into contact_imports (id, user_id, group_id)
    values (${id}, ${userId}, ${groupId ?? null})
    on conflict (id) do update set user_id = excluded.user_id
      where contact_imports.user_id = excluded.user_id and contact_imports.undone_at is null
        and contact_imports.group_id is not distinct from excluded.group_id
    returning id
  `)
  if (mine) return
  throw new AppError(
    'invalid_request',
    'This importId was used before. Make a new one for each list.',
  )
}

/** A member as the list brought them: the same name and number, and nothing but announcements to or from them. */
export const unusedSeat = (importId: SQL) => sql`exists (
  select from contact_import_members as seat
  where seat.member_id = members.id and seat.import_id = ${importId}
    and members.name = seat.name_given and members.address = seat.address_given
    and not exists (
      select from messages
      where messages.conversation_id = members.conversation_id and messages.seq > seat.after_seq
        and messages.kind <> 'announcement' and (
          messages.author_kind = 'contact' and messages.author_address = members.address
          or exists (select from deliveries where deliveries.message_id = messages.id
            and deliveries.address = members.address))))`

/** A contact as its list made it: one number, no conversation, in no group but as the list brought them. Renamed ones have left their list. */
export const untouched = (importId: SQL) => sql`contacts.import_id = ${importId}
  and not exists (select from conversations where contact_id = contacts.id)
  and not exists (
    select from members where contact_id = contacts.id and not ${unusedSeat(importId)})
  and (select count(*) from addresses where contact_id = contacts.id) = 1`

/** Those that a list renamed, this user may see, and nobody has renamed since. */
export const renamedStill = (importId: SQL, userId: string) => sql`contact_import_renames
  join contacts on contacts.id = contact_import_renames.contact_id
  where contact_import_renames.import_id = ${importId} and contacts.name = name_given
    and ${contactVisibleTo(userId)}`

/** Keeps what a list renamed. Another part of it may rename one again: then the first name is the one to give back. */
export async function keepRenames(
  tx: Db,
  importId: string,
  renamed: readonly Renamed[],
): Promise<void> {
  if (renamed.length === 0) return
  await tx.execute(sql`
    insert into contact_import_renames as kept (import_id, contact_id, name_before, name_given)
    select ${importId}::uuid, * from unnest(${sql.param(renamed.map(({ id }) => id))}::uuid[],
      ${sql.param(renamed.map(({ before }) => before))}::text[],
      ${sql.param(renamed.map(({ name }) => name))}::text[])
    on conflict (import_id, contact_id) do update set
      name_before = case when kept.name_given = excluded.name_before then kept.name_before
        else excluded.name_before end,
      name_given = excluded.name_given
  `)
}

/** Keeps whom a list brought, with the group locked. */
export async function keepMembers(
  tx: Db,
  given: { importId: string; memberIds: readonly string[] },
): Promise<void> {
  if (given.memberIds.length === 0) return
  await tx.execute(sql`
    insert into contact_import_members (import_id, member_id, name_given, address_given, after_seq)
    select ${given.importId}, members.id, members.name, members.address, last_seq
    from members join conversations on conversations.id = conversation_id
    where members.id = any(${sql.param(given.memberIds)}::uuid[])
  `)
}

/** Phones got a text of who came, so they get one of who goes when it is undone. */
export async function keepAnnounced(tx: Db, importId: string): Promise<void> {
  await tx.execute(sql`update contact_imports set announced = true where id = ${importId}`)
}

/** The contacts that a list made or renamed. */
const ofImport = (id: string) => sql`(import_id = ${id} or contacts.id in (
  select contact_id from contact_import_renames where import_id = ${id} union
  select contact_id from contact_import_members join members on members.id = member_id
  where contact_import_members.import_id = ${id}))`

/** As a text coming in locks them, and in one order: whoever has texted by now is seen after this. */
export async function lockImportedAddresses(tx: Db, id: string): Promise<void> {
  await tx.execute(sql`
    select from addresses join contacts on contacts.id = contact_id
    where ${ofImport(id)} order by address for update of addresses
  `)
}

/** Deletes the contacts that are as the list made them, and gives the others the names back that are still its own. */
export async function undoContacts(
  tx: Db,
  given: { id: string; userId: string },
): Promise<{ removed: number; renamedBack: number }> {
  const importId = sql`${given.id}::uuid`
  // What somebody has just begun with one of them is seen below.
  await tx.execute(sql`select from contacts where ${ofImport(given.id)} order by id for update`)
  const gone = await tx.execute<{ id: string }>(sql`
    delete from contacts where ${untouched(importId)} returning id
  `)
  await recordChanges(
    tx,
    gone.map(({ id }) => ({ type: 'contact.deleted', subjectId: id })),
  )
  const back = await tx.execute<{ id: string; name: string | null }>(sql`
    select contacts.id, name_before as name from ${renamedStill(importId, given.userId)}
  `)
  return { removed: gone.length, renamedBack: (await renameContacts(tx, back)).length }
}
