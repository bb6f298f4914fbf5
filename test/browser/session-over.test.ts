import { sessionEndpoints } from '@partyline/contracts/api/session'
import { sessions } from '@partyline/db/schema/users'
import { expect } from 'vitest'
import { on } from '../support/dashboard.ts'
import { test } from '../support/story.ts'

const isSignIn = (url: URL) => url.pathname === '/sign-in'

test('a window whose session is ended elsewhere goes to the sign-in by itself', async ({
  api,
  page,
}) => {
  await on.light(page).filter({ hasText: 'Live' }).waitFor()

  const { items } = await api.call(sessionEndpoints.list)
  const others = items.filter(({ current }) => !current)
  for (const { id } of others) await api.call(sessionEndpoints.revoke, { params: { id } })

  expect(others).not.toEqual([])
  await page.waitForURL(isSignIn, { timeout: 15_000 })
})

test('a window that was away when its session ended goes to the sign-in when it is back', async ({
  stack,
  page,
}) => {
  await on.light(page).filter({ hasText: 'Live' }).waitFor()
  await page.context().setOffline(true)
  await on.light(page).filter({ hasText: 'Offline' }).waitFor()

  await stack.db.delete(sessions)
  await page.context().setOffline(false)

  await page.waitForURL(isSignIn, { timeout: 15_000 })
})
