import { events } from '@partyline/db/schema/feed'
import { eq, sql } from 'drizzle-orm'
import { expect } from 'vitest'
import { givenConference } from '../../support/conference.ts'
import { say } from '../../support/say.ts'
import { test } from '../../support/stack.ts'

test('the list is told when a failure of the last text is its first, and when its last one is gone', async ({
  stack: { db },
}) => {
  const { conversationId } = await givenConference(db)
  await say(db, conversationId, 'before')
  const { message } = await say(db, conversationId, 'last')
  const told = async () => {
    const { length } = await db.select().from(events).where(eq(events.type, 'conversation.changed'))
    await db.delete(events)
    return length
  }
  await told()
  const become = async (state: string, limit: number) => {
    await db.execute(sql`
      update deliveries set state = ${state}::delivery_state where id in (
        select id from deliveries where message_id = ${message.id} and state <> ${state}::delivery_state
        order by id limit ${limit})`)
    return told()
  }

  expect(await become('failed', 1)).toBe(1)
  expect(await become('failed', 1)).toBe(0)
  expect(await become('queued', 1)).toBe(0)
  expect(await become('queued', 1)).toBe(1)
  expect(await become('failed', 2)).toBe(1)
  await db.execute(sql`update deliveries set state = 'failed' where message_id <> ${message.id}`)
  expect(await told()).toBe(0)
})
