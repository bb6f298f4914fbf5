import type { Db } from '@partyline/db/client'
import { findOrCreateContact, findOrCreateDirect } from '@partyline/db/queries/find-or-create'
import { conversations, groups, members } from '@partyline/db/schema/conversations'
import { type LineRow, lines } from '@partyline/db/schema/lines'
import { channelOf } from '@partyline/contracts/channels'

const only = <T>(rows: T[]): T => {
  const [row] = rows
  if (row === undefined) throw new Error('insert returned no row')
  return row
}

export async function givenLine(
  db: Db,
  given: Partial<LineRow> & { address: string },
): Promise<LineRow> {
  const { address } = given
  const row = { name: address, mode: 'inbox' as const, channel: channelOf(address), ...given }
  return only(await db.insert(lines).values(row).returning())
}

/** A group line with members; their names by address. */
export async function givenGroup(
  db: Db,
  given: { address: string; autoReply?: string; members: Record<string, string> },
) {
  const line = await givenLine(db, {
    address: given.address,
    mode: 'group',
    autoReply: given.autoReply ?? null,
  })
  const conversation = only(
    await db
      .insert(conversations)
      .values({ kind: 'group', lineId: line.id, name: 'Conference' })
      .returning(),
  )
  await db.insert(groups).values({ conversationId: conversation.id })
  for (const [address, name] of Object.entries(given.members)) {
    const { contactId } = await findOrCreateContact(db, { address, name })
    await db
      .insert(members)
      .values({ conversationId: conversation.id, kind: 'contact', contactId, name, address })
  }
  return { line, conversationId: conversation.id }
}

export async function givenDirect(db: Db, given: { lineId: string; address: string }) {
  const { contactId } = await findOrCreateContact(db, { address: given.address })
  const { conversationId } = await findOrCreateDirect(db, { ...given, contactId })
  return { contactId, conversationId }
}
