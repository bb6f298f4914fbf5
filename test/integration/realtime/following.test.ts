import { createWebConversation } from '@partyline/db/queries/conversations'
import { deleteConversations } from '@partyline/db/queries/delete-conversation'
import { recordChanges } from '@partyline/db/queries/events'
import { members } from '@partyline/db/schema/conversations'
import { and, eq } from 'drizzle-orm'
import { expect } from 'vitest'
import { test } from '../../support/stack.ts'
import { bellOf, openBrowser, runRealtime } from './browser.ts'
import { givenDirect, givenLine, givenText, givenUser, givenUsers } from './given.ts'

const nobody = '00000000-0000-7000-8000-000000000000'

test('E10: of a private conversation nobody but its owner hears anything', async ({ stack }) => {
  const { db } = stack
  await using node = await runRealtime(stack)
  const line = await givenLine(db)
  const [owner, other] = await givenUsers(db, 'Ann', 'Bo')
  using owned = await openBrowser(node.port, owner.token)
  using foreign = await openBrowser(node.port, other.token)

  const direct = await givenDirect(db, line, owner.id)
  expect(await owned.follow(direct.id)).toBe(true)
  expect(await foreign.follow(direct.id)).toBe(false)
  await givenText(db, direct.id)
  await db.transaction((tx) => deleteConversations(tx, [direct.id]))
  const end = await givenDirect(db, line)
  bellOf(stack)()

  const about = ({ events }: typeof owned) => JSON.stringify(events)
  await expect.poll(() => about(foreign)).toContain(end.id)
  await expect.poll(() => about(owned)).toContain(end.id)
  expect(about(owned)).toContain(direct.id)
  expect(about(owned)).toContain(direct.contactId)
  expect(about(foreign)).not.toContain(direct.id)
  expect(about(foreign)).not.toContain(direct.contactId)
})

test('D20: a web conversation is its members’, and who leaves it stops hearing from it', async ({
  stack,
}) => {
  const { db } = stack
  await using node = await runRealtime(stack)
  const [ann, bo, cy] = await givenUsers(db, 'Ann', 'Bo', 'Cy')
  using hers = await openBrowser(node.port, ann.token)
  using his = await openBrowser(node.port, bo.token)
  using theirs = await openBrowser(node.port, cy.token)
  const id = await createWebConversation(db, { name: 'Staff', maker: ann, userIds: [bo.id] })
  expect(await Promise.all([hers, his, theirs].map((it) => it.follow(id)))).toEqual([
    true,
    true,
    false,
  ])

  const first = await givenText(db, id, 'between us')
  bellOf(stack)()
  await expect.poll(() => JSON.stringify(his.events)).toContain(first)
  const [seat] = await db
    .update(members)
    .set({ leftAt: new Date() })
    .where(and(eq(members.conversationId, id), eq(members.userId, bo.id)))
    .returning()
  if (!seat) throw new Error('no seat')
  await recordChanges(db, [{ type: 'member.removed', subjectId: seat.id, conversationId: id }])
  const second = await givenText(db, id, 'without Bo')
  const end = await givenLine(db)
  bellOf(stack)()

  await expect.poll(() => JSON.stringify(hers.events)).toContain(end)
  await expect.poll(() => JSON.stringify(his.events)).toContain(end)
  expect(JSON.stringify(hers.events)).toContain(second)
  expect(JSON.stringify(his.events)).not.toContain(second)
  expect(await his.follow(id)).toBe(false)
  await expect.poll(() => JSON.stringify(theirs.events)).toContain(end)
  expect(JSON.stringify(theirs.events)).not.toContain(id)
})

test('a conversation that does not exist, or no id at all, cannot be followed', async ({
  stack,
}) => {
  await using node = await runRealtime(stack)
  using browser = await openBrowser(node.port, (await givenUser(stack.db, 'Ann')).token)

  expect(await browser.follow(nobody)).toBe(false)
  expect(await browser.follow(`user:${nobody}`)).toBe(false)
  expect(await browser.follow({ id: nobody } as unknown as string)).toBe(false)
})

test('after `unfollow` the messages of a conversation no longer arrive', async ({ stack }) => {
  const { db } = stack
  await using node = await runRealtime(stack)
  const direct = await givenDirect(db, await givenLine(db))
  using browser = await openBrowser(node.port, (await givenUser(db, 'Ann')).token)
  await browser.follow(direct.id)

  browser.socket.emit('unfollow', direct.id)
  await browser.follow(nobody)
  await givenText(db, direct.id)
  bellOf(stack)()

  await expect.poll(() => browser.types()).toContain('conversation.changed')
  expect(browser.types()).not.toContain('message.created')
})
