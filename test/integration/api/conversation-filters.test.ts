import { conversationEndpoints } from '@partyline/contracts/api/conversations'
import { labelEndpoints } from '@partyline/contracts/api/labels'
import { sql } from 'drizzle-orm'
import { expect } from 'vitest'
import { conversationNames, openConversation } from './conversation-steps.ts'
import { givenText } from './given-text.ts'
import { makeGroup, makeLine, test } from './running-api.ts'

test('filters add up, each page goes on where the last one ended, and counts agree with them', async ({
  stack,
  ana,
  admin,
  users,
}) => {
  const line = await makeLine(admin)
  const whatsapp = await makeLine(admin, { address: 'whatsapp:+15550100002', channel: 'whatsapp' })
  await makeGroup(admin)
  const texted = (last: number) => givenText(stack, line.id, `+1206555000${last}`)
  const ids = [await texted(1), await texted(2), await texted(3), await texted(4)]
  const [a = '', b = '', c = '', d = ''] = ids
  await openConversation(admin, whatsapp.id, '+12065550009')
  const label = await ana.call(labelEndpoints.create, {}, { name: 'VIP', color: 'red' })
  const change = (id: string, to: object) => ana.call(conversationEndpoints.change, { id }, to)
  await change(a, { read: true, assigneeId: users.ana })
  await change(b, { assigneeId: users.ben, addLabelIds: [label.id] })
  await change(c, { status: 'closed', addLabelIds: [label.id] })
  await change(d, { snoozedUntil: new Date(Date.now() + 60_000).toISOString() })
  const lasts = async (query: object) => {
    const { items } = await ana.call(conversationEndpoints.list, {}, query)
    return items.map(({ address, name }) => address?.slice(-1) ?? name)
  }

  expect(await lasts({ unread: true })).toEqual(['4', '3', '2'])
  expect(await lasts({ unread: true, status: 'open' })).toEqual(['2'])
  expect(await lasts({ assignee: 'me' })).toEqual(['1'])
  expect(await lasts({ assignee: users.ben, unread: true })).toEqual(['2'])
  expect(await lasts({ assignee: 'none', status: 'open' })).toEqual(['9', 'Conference'])
  expect(await lasts({ channel: 'whatsapp' })).toEqual(['9'])
  expect(await lasts({ lineId: line.id, status: 'snoozed' })).toEqual(['4'])
  expect(await lasts({ labelId: label.id })).toEqual(['3', '2'])
  expect(await ana.call(labelEndpoints.uses)).toEqual({
    items: [{ labelId: label.id, conversations: 2 }],
  })
  expect(await lasts({ labelId: label.id, status: 'closed', q: '0003' })).toEqual(['3'])
  expect(await lasts({ kind: 'group' })).toEqual(['Conference'])
  expect(await lasts({ kind: 'direct', lineId: line.id })).toEqual(['4', '3', '2', '1'])
  // Who waits longest is first; closed and snoozed ones wait for nobody.
  expect(await lasts({ waiting: true })).toEqual(['1', '2'])
  expect(await lasts({ waiting: true, lineId: line.id, assignee: users.ben })).toEqual(['2'])
  expect(await lasts({ waiting: true, status: 'closed' })).toEqual([])
  for (const query of [{ waiting: true }, { unread: true }, { channel: 'sms' }, {}]) {
    expect(await walk(ana, query), JSON.stringify(query)).toEqual(await lasts(query))
  }
  expect(await ana.call(conversationEndpoints.counts)).toEqual({
    ...{ open: 4, unread: 1, mine: 1, mineUnread: 0, unassigned: 2, waiting: 2, snoozed: 1 },
  })

  async function walk(client: typeof ana, query: object) {
    const seen: string[] = []
    let cursor: string | null = null
    do {
      const page: { items: { address: string | null; name: string }[]; nextCursor: string | null } =
        await client.call(
          conversationEndpoints.list,
          {},
          {
            ...{ ...query, limit: 1 },
            ...(cursor && { cursor }),
          },
        )
      seen.push(...page.items.map(({ address, name }) => address?.slice(-1) ?? name))
      cursor = page.nextCursor
    } while (cursor)
    return seen
  }
})

test('a part of a name is found behind many newer conversations as well as among them', async ({
  stack,
  admin,
}) => {
  const line = await makeLine(admin)
  const old = await givenText(stack, line.id, '+12065550001')
  await admin.call(conversationEndpoints.change, { id: old }, { name: 'Zoë Quill' })
  await stack.db.execute(sql`
    with made as (insert into contacts (name) select 'Busy ' || n from generate_series(1, 3100) n returning id)
    insert into conversations (kind, line_id, contact_id, address, last_message_at)
    select 'direct', ${line.id}, id, 'x' || id, now() + interval '1 minute' from made`)

  expect(await conversationNames(admin, { q: 'oë q' })).toEqual(['Zoë Quill'])
  expect(await conversationNames(admin, { q: '555-0001' })).toEqual(['Zoë Quill'])
  expect(await conversationNames(admin, { q: 'busy', limit: 100 })).toHaveLength(100)
})
