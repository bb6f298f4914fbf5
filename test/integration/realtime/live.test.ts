import { noLimits } from '@partyline/contracts/send-limits'
import { recordChanges } from '@partyline/db/queries/events'
import { addMember, removeMember } from '@partyline/db/queries/group-members'
import {
  changeConversation,
  createWebConversation,
  findConversation,
} from '@partyline/db/queries/conversations'
import { deleteConversations } from '@partyline/db/queries/delete-conversation'
import { listEvents } from '@partyline/db/feed/list-events'
import { members } from '@partyline/db/schema/conversations'
import { and, eq } from 'drizzle-orm'
import { expect } from 'vitest'
import { test } from '../../support/stack.ts'
import { bellOf, openBrowser, runRealtime } from './browser.ts'
import { aNumber, givenDirect, givenGroup, givenLine, givenText, givenUser } from './given.ts'

const noSender = { userId: '00000000-0000-7000-8000-000000000000', limits: noLimits }
const nobody = '00000000-0000-7000-8000-000000000000'

test('A31 A36 B9: a member’s text reaches who follows the group, and its list row everybody', async ({
  stack,
}) => {
  await using node = await runRealtime(stack)
  const group = await givenGroup(stack.db)
  const ann = await givenUser(stack.db, 'Ann')
  using watching = await openBrowser(node.port, ann.token)
  using elsewhere = await openBrowser(node.port, ann.token)
  await watching.follow(group)

  const id = await givenText(stack.db, group, 'lunch is ready')
  bellOf(stack)()

  await expect.poll(() => watching.types()).toEqual(expect.arrayContaining(['message.created']))
  const heard = watching.events.filter((event) => event.type === 'message.created')
  expect(heard).toMatchObject([{ message: { id, body: 'lunch is ready', seq: 1 } }])
  await expect
    .poll(() => elsewhere.events.filter((event) => event.type === 'conversation.changed').at(-1))
    .toMatchObject({ conversation: { id: group, lastMessage: { id, preview: 'lunch is ready' } } })
  expect(elsewhere.types()).not.toContain('message.created')
})

test('B40: without any ring of the doorbell a change still arrives, at the next look', async ({
  stack,
}) => {
  await using node = await runRealtime(stack)
  const direct = await givenDirect(stack.db, await givenLine(stack.db))
  using browser = await openBrowser(node.port, (await givenUser(stack.db, 'Ann')).token)

  await givenText(stack.db, direct.id)

  await expect
    .poll(() => browser.events.at(-1), { timeout: 5_000 })
    .toMatchObject({ type: 'conversation.changed', conversation: { id: direct.id, unread: 1 } })
})

test('A29: members who are added and removed appear and disappear for all who follow the group', async ({
  stack,
}) => {
  const { db } = stack
  await using node = await runRealtime(stack)
  const group = await givenGroup(db)
  using browser = await openBrowser(node.port, (await givenUser(db, 'Ann')).token)
  await browser.follow(group)

  const added = await addMember(db, { groupId: group, name: 'Bo', address: aNumber() }, noSender)
  bellOf(stack)()
  const ofMembers = () => browser.events.filter(({ type }) => type.startsWith('member.'))
  await expect.poll(ofMembers).toMatchObject([{ member: { id: added.memberId, name: 'Bo' } }])
  await removeMember(db, { groupId: group, memberId: added.memberId }, noLimits)
  bellOf(stack)()

  await expect
    .poll(() => ofMembers().slice(1))
    .toMatchObject([{ type: 'member.removed', id: added.memberId, conversationId: group }])
})

test('B45 B46 B47 B49: renaming, closing, reading and deleting reach every browser', async ({
  stack,
}) => {
  const { db } = stack
  await using node = await runRealtime(stack)
  const user = await givenUser(db, 'Ann')
  const direct = await givenDirect(db, await givenLine(db))
  await givenText(db, direct.id)
  using browser = await openBrowser(node.port, user.token)
  const change = async (to: Parameters<typeof changeConversation>[2]) => {
    const row = await findConversation(db, direct.id, user.id)
    if (!row) throw new Error('no conversation')
    await changeConversation(db, row, to)
    bellOf(stack)()
  }
  const last = (type: string) => browser.events.findLast((event) => event.type === type)

  await change({ name: 'Cleo', read: true, status: 'closed' })
  await expect
    .poll(() => last('conversation.changed'))
    .toMatchObject({
      conversation: { name: 'Cleo', unread: 0, status: 'closed' },
    })
  expect(last('contact.changed')).toMatchObject({ contact: { name: 'Cleo' } })
  await db.transaction((tx) => deleteConversations(tx, [direct.id]))
  bellOf(stack)()

  await expect.poll(() => last('conversation.deleted')).toMatchObject({ id: direct.id })
})

test('E10: of a private conversation nobody but its owner hears anything', async ({ stack }) => {
  const { db } = stack
  await using node = await runRealtime(stack)
  const line = await givenLine(db)
  const [owner, other] = [await givenUser(db, 'Ann'), await givenUser(db, 'Bo')]
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
  const [ann, bo, cy] = [
    await givenUser(db, 'Ann'),
    await givenUser(db, 'Bo'),
    await givenUser(db, 'Cy'),
  ]
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

test('what an older transaction holds back is told within a moment of its end', async ({
  stack,
}) => {
  const { db } = stack
  await using node = await runRealtime(stack)
  using browser = await openBrowser(node.port, (await givenUser(db, 'Ann')).token)
  const moments: number[] = []
  // Whoever waits for the next second needs half of one as a rule; a busy machine now and then.
  for (let time = 0; time < 7; time += 1) {
    const held = Promise.withResolvers<undefined>()
    const wrote = Promise.withResolvers<undefined>()
    const slow = db.transaction(async (tx) => {
      await givenLine(tx)
      wrote.resolve(undefined)
      await held.promise
    })
    await wrote.promise
    const after = browser.heads.at(-1) ?? ''
    const id = await givenLine(db)
    bellOf(stack)()
    await expect.poll(async () => (await listEvents(db, after, 9)).heldBack).toBe(true)
    expect(JSON.stringify(browser.events)).not.toContain(id)

    held.resolve(undefined)
    await slow
    const since = performance.now()
    await expect.poll(() => JSON.stringify(browser.events), { interval: 5 }).toContain(id)
    moments.push(performance.now() - since)
  }
  expect(moments.toSorted((a, b) => a - b)[3]).toBeLessThan(250)
})
