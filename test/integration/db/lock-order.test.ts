import { randomUUID } from 'node:crypto'
import { undoImport } from '@partyline/db/queries/contact-imports'
import { deleteContact, deleteConversations } from '@partyline/db/queries/delete-conversation'
import { findOrCreateContact, findOrCreateDirect } from '@partyline/db/queries/find-or-create'
import { importContacts } from '@partyline/db/queries/import-contacts'
import { importMembers } from '@partyline/db/queries/import-members'
import { beginImport } from '@partyline/db/queries/imported'
import { undoMemberImport } from '@partyline/db/queries/member-imports'
import { mergeContacts } from '@partyline/db/queries/merge-contacts'
import { scheduleMessage } from '@partyline/db/queries/scheduled'
import { contacts } from '@partyline/db/schema/contacts'
import { conversations, members } from '@partyline/db/schema/conversations'
import { messages } from '@partyline/db/schema/messages'
import type { Db } from '@partyline/db/client'
import { noLimits } from '@partyline/contracts/send-limits'
import { asc, eq, isNull, sql } from 'drizzle-orm'
import type { PgTable } from 'drizzle-orm/pg-core'
import { expect } from 'vitest'
import { givenGroup, givenLine } from '../../support/given.ts'
import { say } from '../../support/say.ts'
import { test } from '../../support/stack.ts'
import { textIn } from '../../support/text-in.ts'
import { ana, ben, givenTwoContacts, lockAround } from './lock-around.ts'

/** Lies behind the others on disk from now on, where its index finds it last. */
const touch = (db: Db, table: PgTable, id: string | undefined) =>
  db.execute(
    sql`update ${table} set created_at = created_at + interval '1 second' where id = ${id}`,
  )

/** One row of these and then the other, as who changes both does. */
const rowsOf = (table: PgTable, rows: readonly { id: string }[]) => (tx: Db, which: 0 | 1) =>
  tx.execute(sql`select from ${table} where id = ${rows[which]?.id} for no key update`)

/** Two, of which the first lies behind the other on disk. */
async function givenConversationsOf(db: Db, contactId: string) {
  const theirs = await db
    .select()
    .from(conversations)
    .where(eq(conversations.contactId, contactId))
    .orderBy(asc(conversations.id))
  await db.execute(
    sql`update conversations set last_message_at = now() where id = ${theirs[0]?.id}`,
  )
  return theirs
}

test('two contacts are merged while somebody changes both conversations of one', async ({
  stack: { db },
}) => {
  const merge = await givenTwoContacts(db)
  const theirs = await givenConversationsOf(db, merge.mergedId)

  await lockAround(db, rowsOf(conversations, theirs), () =>
    db.transaction((tx) => mergeContacts(tx, merge)),
  )

  expect(await db.$count(conversations, eq(conversations.contactId, merge.keptId))).toBe(3)
})

test('a contact is deleted while somebody changes both conversations with them', async ({
  stack: { db },
}) => {
  const { mergedId: id } = await givenTwoContacts(db)
  const theirs = await givenConversationsOf(db, id)

  await lockAround(db, rowsOf(conversations, theirs), () =>
    db.transaction((tx) => deleteContact(tx, id)),
  )

  expect(await db.$count(conversations)).toBe(1)
})

test('a conversation is deleted while a text of it is claimed', async ({ stack: { db } }) => {
  const { keptId } = await givenTwoContacts(db)
  const [theirs] = await db.select().from(conversations).where(eq(conversations.contactId, keptId))
  const id = theirs?.id ?? ''
  const { message } = await say(db, id, 'one')

  await lockAround(
    db,
    (tx, which) =>
      which === 0
        ? tx.execute(sql`select from deliveries where message_id = ${message.id} for update`)
        : tx.execute(sql`select from messages where id = ${message.id} for no key update`),
    () => db.transaction((tx) => deleteConversations(tx, [id])),
  )

  expect(await db.$count(messages)).toBe(0)
})

test('a conversation is deleted while a scheduled text of it is sent', async ({
  stack: { db },
}) => {
  const { keptId, userId } = await givenTwoContacts(db)
  const [theirs] = await db.select().from(conversations).where(eq(conversations.contactId, keptId))
  const conversationId = theirs?.id ?? ''
  const text = { conversationId, body: 'Later', mediaIds: [], clientKey: 'later' }
  await scheduleMessage(db, { ...text, user: { id: userId, name: 'Uma' } }, new Date())

  await lockAround(
    db,
    (tx, which) =>
      which === 0
        ? tx.execute(sql`select from scheduled_messages for update`)
        : tx.execute(sql`select from conversations where id = ${conversationId} for no key update`),
    () => db.transaction((tx) => deleteConversations(tx, [conversationId])),
  )

  expect(await db.$count(conversations, eq(conversations.id, conversationId))).toBe(0)
})

test('two contacts are merged while what became of the texts of one is counted', async ({
  stack: { db },
}) => {
  const merge = await givenTwoContacts(db)
  const group = '+15558675312'
  await givenGroup(db, { address: group, members: { [ana]: 'Ana', [ben]: 'Ben' } })
  for (const Body of ['one', 'two']) await textIn(db, { From: ana, To: group, Body })
  const said = await db.select().from(messages).orderBy(asc(messages.id))
  await touch(db, messages, said[0]?.id)

  await lockAround(db, rowsOf(messages, said), () =>
    db.transaction((tx) => mergeContacts(tx, merge)),
  )

  expect(await db.$count(messages, eq(messages.authorId, merge.keptId))).toBe(2)
})

test('a conversation that is begun while the import of its contact is undone keeps both', async ({
  stack: { db },
}) => {
  const { userId, mergedId: contactId } = await givenTwoContacts(db)
  const id = randomUUID()
  await beginImport(db, { id, userId })
  await db.execute(sql`delete from conversations`)
  await db.execute(sql`update contacts set import_id = ${id} where id = ${contactId}`)
  const line = await givenLine(db, { address: '+15558675313' })

  await lockAround(
    db,
    async (tx, which) => {
      if (which === 0) await findOrCreateDirect(tx, { lineId: line.id, address: ana, contactId })
    },
    () => db.transaction((tx) => undoImport(tx, { id, userId })),
  )

  expect(await db.$count(conversations)).toBe(1)
})

test('a member who is texted while the list that brought them is undone stays', async ({
  stack: { db },
}) => {
  const { userId } = await givenTwoContacts(db)
  const { conversationId: groupId } = await givenGroup(db, {
    ...{ address: '+15558675312', members: {} },
  })
  const id = randomUUID()
  const given = { groupId, importId: id, wanted: [{ name: 'Ana', address: ana }] }
  const by = { userId, limits: noLimits }
  await db.transaction((tx) => importMembers(tx, { ...given, announce: 'none' }, by))

  await lockAround(
    db,
    (tx, which) =>
      which === 0 ? findOrCreateContact(tx, { address: ana }) : say(tx, groupId, 'Who is this?'),
    () => db.transaction((tx) => undoMemberImport(tx, { id, groupId, userId }, by)),
  )

  expect(await db.$count(members, isNull(members.leftAt))).toBe(1)
})

test('two contacts are renamed by an import while somebody changes both, in another order', async ({
  stack: { db },
}) => {
  const { userId } = await givenTwoContacts(db)
  const known = await db.execute<{ id: string; address: string }>(sql`
    select contacts.id, address from contacts join addresses on contact_id = contacts.id order by 1
  `)
  // Made in the order of their ids, and listed and indexed the other way round.
  await touch(db, contacts, known[0]?.id)
  const wanted = known.map(({ address }) => ({ address, name: `New ${address}` })).reverse()

  await lockAround(db, rowsOf(contacts, known), () =>
    db.transaction((tx) => importContacts(tx, { wanted, userId })),
  )

  expect(await db.$count(contacts, sql`name like 'New %'`)).toBe(2)
})
