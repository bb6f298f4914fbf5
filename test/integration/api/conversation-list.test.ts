import { type Conversation, conversationEndpoints } from '@partyline/contracts/api/conversations'
import { sql } from 'drizzle-orm'
import { expect } from 'vitest'
import { conversationNames, openConversation } from './conversation-steps.ts'
import { givenText } from './given-text.ts'
import { makeLine, runApi, test } from './running-api.ts'

test('B23 B40: the last message is first; B46 B39 B24: a closed one is not among the open', async ({
  stack,
  admin,
}) => {
  const line = await makeLine(admin)
  const a = await givenText(stack, line.id, '+12065550001')
  await givenText(stack, line.id, '+12065550002')
  const c = await givenText(stack, line.id, '+12065550003')
  await givenText(stack, line.id, '+12065550001', 'again')

  expect(await conversationNames(admin)).toEqual([
    '(206) 555-0001',
    '(206) 555-0003',
    '(206) 555-0002',
  ])
  await admin.call(conversationEndpoints.change, { id: c }, { status: 'closed' })
  expect(await conversationNames(admin, { status: 'open' })).toEqual([
    '(206) 555-0001',
    '(206) 555-0002',
  ])
  expect(await conversationNames(admin, { status: 'closed' })).toEqual(['(206) 555-0003'])
  // Closing and reopening never move a row.
  await admin.call(conversationEndpoints.change, { id: c }, { status: 'open' })
  expect(await conversationNames(admin)).toEqual([
    '(206) 555-0001',
    '(206) 555-0003',
    '(206) 555-0002',
  ])
  const seen = await admin.call(conversationEndpoints.get, { id: a })
  expect(seen.lastMessage).toMatchObject({ preview: 'again', direction: 'inbound' })
})

test('B17: LIMIT is the first page, and the cursor walks through all of them once, ties included', async ({
  stack,
  admin,
}) => {
  await using small = runApi(stack, { limit: 3 })
  const line = await makeLine(admin)
  for (let last = 10; last < 20; last += 1) await givenText(stack, line.id, `+120655500${last}`)
  await stack.db.execute(sql`
    update conversations set last_message_at = '2026-01-01 00:00:00.123456Z'
    where right(address, 1)::int % 2 = 0`)
  const reader = admin.at(small.http)
  const seen: Conversation[] = []
  let cursor: string | null | undefined
  let pages = 0
  do {
    const page: { items: Conversation[]; nextCursor: string | null } = await reader.call(
      conversationEndpoints.list,
      {},
      cursor ? { cursor } : {},
    )
    expect(page.items.length).toBeLessThanOrEqual(3)
    seen.push(...page.items)
    cursor = page.nextCursor
    pages += 1
  } while (cursor)

  expect(pages).toBe(4)
  expect(new Set(seen.map(({ id }) => id)).size).toBe(10)
})

test('q finds part of a name or number, and % and _ mean themselves', async ({ admin }) => {
  const line = await makeLine(admin)
  const named = await openConversation(admin, line.id, '+12065551212')
  await admin.call(conversationEndpoints.change, { id: named.id }, { name: '100% Ann_Lee' })
  await openConversation(admin, line.id, '+14155550100')

  expect(await conversationNames(admin, { q: 'ann_' })).toEqual(['100% Ann_Lee'])
  expect(await conversationNames(admin, { q: '100%' })).toEqual(['100% Ann_Lee'])
  expect(await conversationNames(admin, { q: '(415) 555' })).toEqual(['(415) 555-0100'])
  expect(await conversationNames(admin, { q: '555' })).toHaveLength(2)
  for (const q of ['%', '_nn', 'a\\', "' or 1=1 --"]) {
    expect((await conversationNames(admin, { q })).length, q).toBeLessThan(2)
  }
  expect(await conversationNames(admin, { q: '_nn' })).toEqual([])
})
