import { applyCallbacks } from '@partyline/db/queries/apply-statuses'
import { deleteConversations } from '@partyline/db/queries/delete-conversation'
import { insertStatusEvents } from '@partyline/db/queries/status-events'
import { conversations } from '@partyline/db/schema/conversations'
import { deliveries } from '@partyline/db/schema/deliveries'
import { messages } from '@partyline/db/schema/messages'
import type { Db } from '@partyline/db/client'
import { asc, eq, sql } from 'drizzle-orm'
import { expect } from 'vitest'
import { say } from '../../support/say.ts'
import { test } from '../../support/stack.ts'
import { givenTwoContacts, lockAround } from './lock-around.ts'

/** Two texts that Twilio took, whose SIDs are not in the order of their ids. */
async function givenAccepted(db: Db) {
  const { keptId } = await givenTwoContacts(db)
  const [theirs] = await db.select().from(conversations).where(eq(conversations.contactId, keptId))
  const id = theirs?.id ?? ''
  for (const body of ['one', 'two']) await say(db, id, body)
  await db.execute(sql`
    update deliveries set state = 'accepted', attempt = 1, status = 'sent', status_rank = 4,
      twilio_sid = 'SM' || (9 - seq)
  `)
  const rows = await db.select().from(deliveries).orderBy(asc(deliveries.id))
  return { id, rows }
}

const callback = (MessageSid: string, MessageStatus = 'delivered') => ({
  params: { MessageSid, MessageStatus },
  receivedAt: new Date().toISOString(),
  deliveryId: null,
  attempt: null,
})

test('a conversation is deleted while what became of a text that Twilio took is counted', async ({
  stack: { db },
}) => {
  const { id, rows } = await givenAccepted(db)
  const one = rows[0]

  await lockAround(
    db,
    (tx, which) =>
      which === 0
        ? tx.execute(sql`select from deliveries where id = ${one?.id} for update`)
        : tx.execute(sql`select from messages where id = ${one?.messageId} for no key update`),
    () => db.transaction((tx) => deleteConversations(tx, [id])),
  )

  expect(await db.$count(messages)).toBe(0)
})

test('a conversation is deleted while a status that waited is applied to a text of it', async ({
  stack: { db },
}) => {
  const { id, rows } = await givenAccepted(db)
  await insertStatusEvents(db, [callback(rows[0]?.twilioSid ?? '')])

  await lockAround(
    db,
    (tx, which) =>
      which === 0
        ? tx.execute(sql`select from status_events for update`)
        : tx.execute(sql`select from deliveries where id = ${rows[0]?.id} for update`),
    () => db.transaction((tx) => deleteConversations(tx, [id])),
  )

  expect(await db.$count(messages)).toBe(0)
})

test('callbacks of several texts are applied in the order in which a delete locks them', async ({
  stack: { db },
}) => {
  const { rows } = await givenAccepted(db)
  const callbacks = rows.map(({ twilioSid }) => callback(twilioSid ?? ''))

  await lockAround(
    db,
    (tx, which) => tx.execute(sql`select from deliveries where id = ${rows[which]?.id} for update`),
    () => applyCallbacks(db, callbacks),
  )

  expect(await db.$count(deliveries, eq(deliveries.status, 'delivered'))).toBe(2)
})
