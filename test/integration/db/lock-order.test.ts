import { randomUUID } from 'node:crypto'
import { beginImport, undoImport } from '@partyline/db/queries/contact-imports'
import { deleteContact, deleteConversations } from '@partyline/db/queries/delete-conversation'
import { findOrCreateDirect } from '@partyline/db/queries/find-or-create'
import { mergeContacts } from '@partyline/db/queries/merge-contacts'
import { scheduleMessage } from '@partyline/db/queries/scheduled'
import { createUser } from '@partyline/db/queries/users'
import { conversations } from '@partyline/db/schema/conversations'
import { messages } from '@partyline/db/schema/messages'
import type { Db } from '@partyline/db/client'
import { asc, eq, sql } from 'drizzle-orm'
import type { PgTable } from 'drizzle-orm/pg-core'
import { expect } from 'vitest'
import { givenDirect, givenGroup, givenLine } from '../../support/given.ts'
import { say } from '../../support/say.ts'
import { test } from '../../support/stack.ts'
import { textIn } from '../../support/text-in.ts'

const [ana, ben] = ['+14155550101', '+14155550102']

async function givenTwoContacts(db: Db) {
  const user = await createUser(db, {
    ...{ email: 'uma@example.com', name: 'Uma', role: 'agent', passwordHash: 'none' },
  })
  const [one, other] = [
    await givenLine(db, { address: '+15558675310' }),
    await givenLine(db, { address: '+15558675311' }),
  ]
  const kept = await givenDirect(db, { lineId: one.id, address: ben })
  const gone = await givenDirect(db, { lineId: one.id, address: ana })
  await givenDirect(db, { lineId: other.id, address: ana })
  return { userId: user?.id ?? '', keptId: kept.contactId, mergedId: gone.contactId }
}

/**
 * Locks two rows one after the other, as whoever changes both does, and has something else begin in
 * between, which waits. Postgres gives up on one of the two when they wait for each other.
 */
async function lockAround(
  db: Db,
  lock: (tx: Db, which: 0 | 1) => Promise<unknown>,
  begin: () => Promise<unknown>,
): Promise<void> {
  const begun = await db.transaction(async (tx) => {
    await lock(tx, 0)
    const running = begin()
    running.catch(() => undefined)
    const blocked = sql`select 1 from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`
    await expect.poll(() => db.execute(blocked)).toHaveLength(1)
    await lock(tx, 1)
    return { running }
  })
  await begun.running
}

/** Lies behind the others on disk from now on, where its index finds it last. */
const touch = (db: Db, table: PgTable, id: string | undefined) =>
  db.execute(
    sql`update ${table} set created_at = created_at + interval '1 second' where id = ${id}`,
  )

test('two contacts are merged while somebody changes both conversations of one', async ({
  stack: { db },
}) => {
  const merge = await givenTwoContacts(db)
  const theirs = await db
    .select()
    .from(conversations)
    .where(eq(conversations.contactId, merge.mergedId))
    .orderBy(asc(conversations.id))
  await db.execute(
    sql`update conversations set last_message_at = now() where id = ${theirs[0]?.id}`,
  )

  await lockAround(
    db,
    (tx, which) =>
      tx.execute(sql`select from conversations where id = ${theirs[which]?.id} for no key update`),
    () => db.transaction((tx) => mergeContacts(tx, merge)),
  )

  expect(await db.$count(conversations, eq(conversations.contactId, merge.keptId))).toBe(3)
})

test('a contact is deleted while somebody changes both conversations with them', async ({
  stack: { db },
}) => {
  const { mergedId: id } = await givenTwoContacts(db)
  const theirs = await db
    .select()
    .from(conversations)
    .where(eq(conversations.contactId, id))
    .orderBy(asc(conversations.id))
  await db.execute(
    sql`update conversations set last_message_at = now() where id = ${theirs[0]?.id}`,
  )

  await lockAround(
    db,
    (tx, which) =>
      tx.execute(sql`select from conversations where id = ${theirs[which]?.id} for no key update`),
    () => db.transaction((tx) => deleteContact(tx, id)),
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

  await lockAround(
    db,
    (tx, which) =>
      tx.execute(sql`select from messages where id = ${said[which]?.id} for no key update`),
    () => db.transaction((tx) => mergeContacts(tx, merge)),
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
