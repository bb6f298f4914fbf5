import { sql } from 'drizzle-orm'
import { expect } from 'vitest'
import { test } from '../../support/stack.ts'
import { closingOf, openBrowser, runRealtime } from './browser.ts'
import { givenGroup, givenUser } from './given.ts'

test('whose wish to follow could not be looked up is sent back to the door, and follows once it can be', async ({
  stack,
}) => {
  const { db } = stack
  const group = await givenGroup(db)
  const ann = await givenUser(db, 'Ann')
  await using node = await runRealtime(stack)
  using browser = await openBrowser(node.port, ann.token)
  const closing = closingOf(browser)

  await db.execute(sql`alter table conversations rename to away`)
  browser.socket.emit('follow', group, () => undefined)

  // Not in Socket.IO's own words: then it would not come back by itself.
  expect(await closing).toBe('transport close')
  await db.execute(sql`alter table away rename to conversations`)
  await expect.poll(() => browser.socket.connected).toBe(true)
  expect(await browser.follow(group)).toBe(true)
})
