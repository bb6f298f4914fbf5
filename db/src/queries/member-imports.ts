import { sql } from 'drizzle-orm'
import type { Db } from '../client.ts'
import { removeMembers } from './import-members.ts'
import {
  lockImportedAddresses,
  renamedStill,
  undoContacts,
  unusedSeat,
  untouched,
} from './imported.ts'
import { lockGroup, type Sender } from './locked-group.ts'
import type { Posted } from './post-message.ts'

interface Listed extends Record<string, unknown> {
  id: string
  members: number
  staying: number
  contacts: number
  renamed: number
}

const shown = 5

export async function listMemberImports(
  db: Db,
  { groupId, userId }: { groupId: string; userId: string },
): Promise<(Listed & { createdAt: Date })[]> {
  const importId = sql`latest.id`
  const rows = await db.execute<Listed & { created_at: string }>(sql`
    select latest.*, brought.*, made.*, given.* from (
      select id, created_at from contact_imports
      where user_id = ${userId} and group_id = ${groupId} and undone_at is null
      order by created_at desc limit ${shown}
    ) as latest cross join lateral (
      select count(*) filter (where unused)::int as members,
        count(*) filter (where not unused)::int as staying
      from (
        select ${unusedSeat(importId)} as unused
        from contact_import_members join members on members.id = member_id
        where import_id = ${importId} and left_at is null
      ) as there
    ) as brought cross join lateral (
      select count(*)::int as contacts from contacts where ${untouched(importId)}
    ) as made cross join lateral (
      select count(*)::int as renamed from ${renamedStill(importId, userId)}
    ) as given
    where members > 0 or contacts > 0 or renamed > 0 order by created_at desc
  `)
  return rows.map(({ created_at: createdAt, id, members, staying, contacts, renamed }) => ({
    ...{ id, members, staying, contacts, renamed, createdAt: new Date(createdAt) },
  }))
}

interface Undone {
  left: { id: string; name: string }[]
  stayed: number
  removed: number
  renamedBack: number
  announced: Posted[]
}

/** Undefined when there is no such list of this user's in this group, or it was undone before. */
export async function undoMemberImport(
  tx: Db,
  given: { id: string; groupId: string; userId: string },
  sender: Sender,
): Promise<Undone | undefined> {
  const { id, groupId, userId } = given
  const [undone] = await tx.execute<{ announced: boolean }>(sql`
    update contact_imports set undone_at = now()
    where id = ${id} and user_id = ${userId} and group_id = ${groupId} and undone_at is null
    returning announced
  `)
  if (!undone) return undefined
  // Addresses before the conversation, as a text coming in locks them: what it says is seen below.
  await lockImportedAddresses(tx, id)
  await lockGroup(tx, groupId)
  const there = await tx.execute<{ id: string; unused: boolean }>(sql`
    select members.id, ${unusedSeat(sql`${id}::uuid`)} as unused
    from contact_import_members join members on members.id = member_id
    where import_id = ${id} and left_at is null order by members.id
  `)
  const memberIds = there.filter(({ unused }) => unused).map((member) => member.id)
  const announce = undone.announced ? 'summary' : 'none'
  const gone = await removeMembers(tx, { groupId, memberIds, announce }, sender)
  return {
    left: gone.removed,
    stayed: there.length - gone.removed.length,
    announced: gone.announced,
    ...(await undoContacts(tx, { id, userId })),
  }
}
