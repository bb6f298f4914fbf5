import { conversationEndpoints } from '@partyline/contracts/api/conversations'
import { messageEndpoints } from '@partyline/contracts/api/messages'
import { feedEndpoints } from '@partyline/contracts/feed'
import { sql } from 'drizzle-orm'
import { expect } from 'vitest'
import { givenText } from './given-text.ts'
import { makeLine, test } from './running-api.ts'

test('B47 B48: deleting removes the conversation with all its messages, and is in the feed', async ({
  stack,
  admin,
  ben,
}) => {
  const line = await makeLine(admin)
  const id = await givenText(stack, line.id, '+12065550001')
  const { cursor } = await ben.call(feedEndpoints.list)
  await admin.call(conversationEndpoints.remove, { id })

  expect((await ben.try(conversationEndpoints.get, { id })).status).toBe(404)
  expect((await ben.try(messageEndpoints.list, { id })).status).toBe(404)
  await expect
    .poll(async () => {
      const { items } = await ben.call(feedEndpoints.list, {}, { after: cursor })
      return items.map((event) => ('id' in event ? `${event.type} ${event.id}` : event.type))
    })
    .toContain(`conversation.deleted ${id}`)
})

test('B47: what Twilio sent is redacted with the conversation, and its SID stays, so a repeat is harmless', async ({
  stack,
  admin,
}) => {
  const line = await makeLine(admin)
  const id = await givenText(stack, line.id, '+12065550001', 'a secret')
  await stack.db.execute(sql`update messages set twilio_sid = 'SM1'`)
  await stack.db.execute(sql`insert into inbox (message_sid, source, params)
    values ('SM1', 'webhook', '{"Body": "a secret"}'), ('SM2', 'webhook', '{"Body": "another"}')`)
  await admin.call(conversationEndpoints.remove, { id })

  const rows = await stack.db.execute(sql`select message_sid, params from inbox order by 1`)
  expect([...rows]).toEqual([
    { message_sid: 'SM1', params: {} },
    { message_sid: 'SM2', params: { Body: 'another' } },
  ])
})
