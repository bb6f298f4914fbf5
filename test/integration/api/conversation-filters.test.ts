import { conversationEndpoints } from '@partyline/contracts/api/conversations'
import { labelEndpoints } from '@partyline/contracts/api/labels'
import { messageEndpoints } from '@partyline/contracts/api/messages'
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
    ...{
      open: 4,
      unread: 1,
      mine: 1,
      mineUnread: 0,
      unassigned: 2,
      waiting: 2,
      snoozed: 1,
      scheduled: 0,
    },
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

test('scheduled lists what goes out next first, open and closed alike, to who may see it; what just waits to be taken back is not among it', async ({
  stack,
  ana,
  admin,
}) => {
  const line = await makeLine(admin)
  const [a = '', b = '', c = '', d = ''] = await Promise.all(
    ['1', '2', '3', '4'].map((last) => givenText(stack, line.id, `+1206555000${last}`)),
  )
  const hers = { lineId: line.id, address: '+12065550005', visibility: 'private' }
  const { id: e } = await ana.call(conversationEndpoints.create, {}, hers)
  let made = 0
  const plan = (id: string, how: object) =>
    ana.call(messageEndpoints.send, { id }, { body: 'later', clientKey: `${(made += 1)}`, ...how })
  const inHours = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString()
  const twice = inHours(3)
  await plan(a, { sendAt: twice })
  await plan(a, { sendAt: inHours(9) })
  const soonest = inHours(1)
  const first = await plan(b, { sendAt: soonest })
  await plan(b, { sendAt: inHours(2) })
  await plan(c, { undoSeconds: 60 })
  await plan(d, { sendAt: twice })
  await plan(e, { sendAt: inHours(4) })
  await ana.call(conversationEndpoints.change, { id: b }, { status: 'closed', read: true })
  const list = async (client: typeof ana, query: object) => {
    const { items } = await client.call(conversationEndpoints.list, {}, query)
    return items
  }
  const ids = async (client: typeof ana, query: object = {}) =>
    (await list(client, { scheduled: true, ...query })).map(({ id }) => id)
  const tied = [a, d].toSorted()

  expect(await ids(ana)).toEqual([b, ...tied, e])
  expect(await ids(admin)).toEqual([b, ...tied])
  expect(await ids(ana, { status: 'open', lineId: line.id })).toEqual([...tied, e])
  expect(await ids(ana, { q: '0001' })).toEqual([a])
  expect(await ids(ana, { waiting: true, unread: true })).toEqual(tied)
  expect(await list(ana, { status: 'closed' })).toMatchObject([{ id: b, nextSendAt: soonest }])
  expect(await ana.call(conversationEndpoints.get, { id: c })).toMatchObject({ nextSendAt: null })
  // The page ends between two that go out at the same time.
  const page = { scheduled: true, limit: 2 }
  const front = await ana.call(conversationEndpoints.list, {}, page)
  expect(front.items.map(({ id }) => id)).toEqual([b, tied[0]])
  expect(await ids(ana, { ...page, cursor: front.nextCursor })).toEqual([tied[1], e])
  expect(await ana.call(conversationEndpoints.counts)).toMatchObject({ scheduled: 4 })
  expect(await admin.call(conversationEndpoints.counts)).toMatchObject({ scheduled: 3 })

  await ana.call(messageEndpoints.cancelScheduled, { id: first.id })
  expect(await ids(ana)).toEqual([b, ...tied, e])
  await stack.db.execute(
    sql`update scheduled_messages set problem = 'no' where conversation_id = ${b}`,
  )
  expect(await ids(ana)).toEqual([...tied, e])
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
