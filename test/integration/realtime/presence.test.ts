import { createWebConversation } from '@partyline/db/queries/conversations'
import type { Colleagues } from '@partyline/contracts/feed'
import { expect } from 'vitest'
import { test } from '../../support/stack.ts'
import { type Browser, openBrowser, runRealtime } from './browser.ts'
import { givenDirect, givenGroup, givenLine, givenUsers } from './given.ts'

/** The names last told of a conversation. */
function told({ socket }: Browser, event: 'presence' | 'typing') {
  const last = new Map<string, string[]>()
  socket.on(event, ({ conversationId, users }: Colleagues) => {
    last.set(
      conversationId,
      users.map(({ name }) => name),
    )
  })
  return last
}

test('who looks and who types is seen through another replica, by who follows and by who has the row in sight, until they leave', async ({
  stack,
}) => {
  await using one = await runRealtime(stack)
  await using two = await runRealtime(stack)
  const [ann, bo, cy] = await givenUsers(stack.db, 'Ann', 'Bo', 'Cy')
  const group = await givenGroup(stack.db)
  using hers = await openBrowser(one.port, ann.token)
  using his = await openBrowser(two.port, bo.token)
  using theirs = await openBrowser(two.port, cy.token)
  const seen = { ann: told(hers, 'presence'), cy: told(theirs, 'presence') }
  const typed = { ann: told(hers, 'typing'), cy: told(theirs, 'typing') }
  await hers.follow(group)
  theirs.socket.emit('watch', [group])

  // Said at once, while it is still looked up whether he may follow.
  his.socket.emit('follow', group, () => undefined)
  his.socket.emit('presence', group, true)
  await expect.poll(() => seen.ann.get(group)).toEqual(['Bo'])
  await expect.poll(() => seen.cy.get(group)).toEqual(['Bo'])
  his.socket.emit('typing', group, true)
  await expect.poll(() => typed.ann.get(group)).toEqual(['Bo'])
  await expect.poll(() => typed.cy.get(group)).toEqual(['Bo'])

  // Whoever comes later is told how it is.
  using again = await openBrowser(one.port, cy.token)
  const late = told(again, 'typing')
  await again.follow(group)
  await expect.poll(() => late.get(group)).toEqual(['Bo'])

  his.socket.disconnect()
  await expect.poll(() => typed.ann.get(group)).toEqual([])
  await expect.poll(() => seen.cy.get(group)).toEqual([])
})

test('nobody tells or is told about a conversation that is not theirs', async ({ stack }) => {
  const { db } = stack
  await using node = await runRealtime(stack)
  const [ann, bo] = await givenUsers(db, 'Ann', 'Bo')
  const staff = await createWebConversation(db, { name: 'Staff', maker: ann, userIds: [] })
  const direct = await givenDirect(db, await givenLine(db))
  using hers = await openBrowser(node.port, ann.token)
  using his = await openBrowser(node.port, bo.token)
  const seen = { ann: told(hers, 'presence'), bo: told(his, 'presence') }
  await hers.follow(staff)
  await hers.follow(direct.id)
  his.socket.emit('watch', [staff, direct.id])
  expect(await his.follow(staff)).toBe(false)

  his.socket.emit('presence', staff, true)
  his.socket.emit('typing', staff, true)
  hers.socket.emit('presence', staff, true)
  hers.socket.emit('presence', direct.id, true)

  await expect.poll(() => seen.bo.get(direct.id)).toEqual(['Ann'])
  expect(seen.bo.has(staff)).toBe(false)
  await expect.poll(() => seen.ann.get(staff)).toEqual(['Ann'])
})
