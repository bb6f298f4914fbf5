import { conversationAudiences, reaches } from '@partyline/db/feed/audience'
import { createWebConversation } from '@partyline/db/queries/conversations'
import { deleteConversations } from '@partyline/db/queries/delete-conversation'
import { recordChanges } from '@partyline/db/queries/events'
import { pruneFeed } from '@partyline/db/queries/prune-feed'
import { readFeed } from '@partyline/db/queries/read-feed'
import { events } from '@partyline/db/schema/feed'
import { users } from '@partyline/db/schema/users'
import { viewContacts } from '@partyline/db/views/contact'
import { viewConversations } from '@partyline/db/views/conversation'
import { eq, sql } from 'drizzle-orm'
import { expect } from 'vitest'
import { test } from '../../support/stack.ts'
import { givenDirect, givenGroup, givenLine, givenText, givenUser, settledHead } from './given.ts'

const userId = '00000000-0000-7000-8000-000000000001'
const code = (code: string) => expect.objectContaining({ code }) as unknown

test('without a cursor the feed answers with the present one and nothing else', async ({
  stack,
}) => {
  const { db } = stack
  const empty = await readFeed(db, { after: undefined, limit: 10, userId })
  const line = await givenLine(db)

  await settledHead(db)
  const present = await readFeed(db, { after: undefined, limit: 10, userId })
  const since = await readFeed(db, { after: empty.cursor, limit: 10, userId })

  expect(empty).toMatchObject({ items: [], hasMore: false })
  expect(present).toMatchObject({ items: [], hasMore: false, cursor: since.cursor })
  expect(since.items).toMatchObject([{ type: 'line.changed', line: { id: line } }])
})

test('several changes of one thing are told once, and a new message stays a new one', async ({
  stack,
}) => {
  const { db } = stack
  const conversation = await givenDirect(db, await givenLine(db))
  const after = await settledHead(db)
  const [first, second] = [
    await givenText(db, conversation.id),
    await givenText(db, conversation.id),
  ]
  const changed = (subjectId: string) =>
    ({ type: 'message.changed', subjectId, conversationId: conversation.id }) as const
  await recordChanges(db, [changed(first), changed(second), changed(first)])

  const read = () => readFeed(db, { after, limit: 100, userId })
  await expect.poll(async () => (await read()).items.length).toBe(3)
  const { items } = await read()

  expect(items).toMatchObject([
    { type: 'message.created', message: { id: first } },
    { type: 'message.created', message: { id: second } },
    { type: 'conversation.changed', conversation: { id: conversation.id } },
  ])
  const later = await readFeed(db, { after: items[2]?.cursor ?? '', limit: 100, userId })
  expect(later.items).toMatchObject([
    { type: 'message.changed', message: { id: second } },
    { type: 'message.changed', message: { id: first } },
  ])
})

test('of what no longer exists only its end is told', async ({ stack }) => {
  const { db } = stack
  const direct = await givenDirect(db, await givenLine(db))
  const after = await settledHead(db)
  await givenText(db, direct.id)
  await db.transaction((tx) => deleteConversations(tx, [direct.id]))

  await expect
    .poll(async () => (await readFeed(db, { after, limit: 100, userId })).items)
    .toMatchObject([{ type: 'conversation.deleted', id: direct.id }])
})

test('what is not a cursor is refused as such', async ({ stack }) => {
  const junk = ['', 'x', '1', '-1-1', '1-1-1', "1-1'", '9'.repeat(19) + '-1', `1-${'9'.repeat(99)}`]
  for (const after of junk) {
    const reading = readFeed(stack.db, { after, limit: 10, userId })
    await expect(reading).rejects.toEqual(code('invalid_request'))
  }
})

test('a cursor from before what is kept is refused, and the newest is good however old', async ({
  stack,
}) => {
  const { db } = stack
  const before = await settledHead(db)
  await givenLine(db)
  const old = await settledHead(db)
  await givenLine(db)
  const newest = await settledHead(db)
  await db.update(events).set({ createdAt: sql`now() - interval '8 days'` })

  expect(await pruneFeed(db, 9)).toBe(0)
  expect((await readFeed(db, { after: before, limit: 10, userId })).items).toHaveLength(2)
  expect(await pruneFeed(db, 7)).toBe(1)

  for (const after of [before, old]) {
    const reading = readFeed(db, { after, limit: 10, userId })
    await expect(reading).rejects.toEqual(code('feed_cursor_expired'))
  }
  expect(await settledHead(db)).toBe(newest)
  const line = await givenLine(db)
  await expect
    .poll(async () => (await readFeed(db, { after: newest, limit: 10, userId })).items)
    .toMatchObject([{ type: 'line.changed', line: { id: line } }])
})

test('a cursor and events from another server, as after a restore, are refused and forgotten', async ({
  stack,
}) => {
  const { db } = stack
  const line = await givenLine(db)
  const after = await settledHead(db)
  await db.insert(events).values({ type: 'line.changed', subjectId: line, xid: '4000000000' })

  const ahead = readFeed(db, { after: '4000000000-1', limit: 10, userId })
  await expect(ahead).rejects.toEqual(code('feed_cursor_expired'))
  expect((await readFeed(db, { after, limit: 10, userId })).items).toEqual([])
  expect(await pruneFeed(db, 7)).toBe(1)
  expect(await db.$count(events, eq(events.xid, '4000000000'))).toBe(0)
})

test('E10: who is told of a conversation or contact is who may see it', async ({ stack }) => {
  const { db } = stack
  const people = [await givenUser(db, 'Ann'), await givenUser(db, 'Bo'), await givenUser(db, 'Cy')]
  const [ann, bo] = people
  if (!ann || !bo) throw new Error('no people')
  const [line, other] = [await givenLine(db), await givenLine(db)]
  const directs = [
    await givenDirect(db, line),
    await givenDirect(db, line, ann.id),
    await givenDirect(db, other, bo.id),
  ]
  const ids = [
    ...directs.map(({ id }) => id),
    await givenGroup(db),
    await createWebConversation(db, { name: 'Staff', maker: ann, userIds: [bo.id] }),
    await createWebConversation(db, { name: 'Notes', maker: bo, userIds: [] }),
  ]
  const contactIds = directs.map(({ contactId }) => contactId)
  const after = await settledHead(db)
  await recordChanges(
    db,
    contactIds.map((subjectId) => ({ type: 'contact.changed', subjectId })),
  )
  await settledHead(db)
  expect(await db.$count(users)).toBe(3)

  const audiences = await conversationAudiences(db, ids)
  for (const { id } of people) {
    const visible = await viewConversations(db, ids, id)
    const told = ids.filter((each) => reaches(audiences.get(each) ?? { only: [] }, id))
    expect(told).toEqual(ids.filter((each) => visible.has(each)))

    const { items } = await readFeed(db, { after, limit: 100, userId: id })
    const contacts = items.flatMap((item) =>
      item.type === 'contact.changed' ? [item.contact] : [],
    )
    const theirs = await viewContacts(db, contactIds, id)
    expect(new Map(contacts.map((contact) => [contact.id, contact]))).toEqual(theirs)
    expect(contacts).toHaveLength(theirs.size)
  }
})
