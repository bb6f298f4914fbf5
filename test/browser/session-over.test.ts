import { sessionEndpoints } from '@partyline/contracts/api/session'
import { sessions } from '@partyline/db/schema/users'
import { expect } from 'vitest'
import { flaws } from '../support/axe.ts'
import { on } from '../support/dashboard.ts'
import { giveFiles } from '../support/give-files.ts'
import { givenLine } from '../support/given-product.ts'
import { test } from '../support/story.ts'

const isSignIn = (url: URL) => url.pathname === '/sign-in'

test('a draft is in its row and its box after a reload, with its files, and gone once signed out', async ({
  product,
  api,
  page,
}) => {
  const address = '+12125550203'
  await givenLine({ product, api }, address, { name: 'Drafts' })
  await (await product.phones.add('+14155550231', 'Eve')).text(address, 'Well?')
  await on.row(page, /\(415\) 555-0231/).click()
  await on.log(page).getByText('Well?').waitFor()
  await giveFiles(page, 'textarea', 'paste', [{ name: 'view.png', type: 'image/png', data: dot }])
  const files = page.getByRole('list', { name: 'Attachments' })
  await files.getByText('view.png').waitFor()
  await page.goto('/')
  await on.row(page, /\(415\) 555-0231.*Draft: view\.png/).click()
  await files.getByText('view.png').waitFor()

  await page.route('**/api/media', () => undefined)
  await giveFiles(page, 'textarea', 'paste', [{ name: 'second.png', type: 'image/png', data: dot }])
  await files.getByRole('progressbar', { name: 'Uploading second.png' }).waitFor()
  await on.box(page).fill('Dear Eve')
  await page.reload()
  await on.button(page, 'Choose second.png again').waitFor()
  expect(await on.button(page, 'Send').isDisabled()).toBe(true)
  expect(await flaws(page)).toEqual([])
  await on.button(page, 'Remove second.png').click()
  await page.goto('/')
  await on.row(page, /\(415\) 555-0231.*Draft: Dear Eve/).click()
  await expect.poll(() => on.box(page).inputValue()).toBe('Dear Eve')

  await on.button(page, 'Account').click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await on.button(page, 'Sign in').waitFor()
  await page.getByText('Welcome back.').waitFor()
  const left = await page.evaluate('JSON.stringify(localStorage)')
  expect(left).not.toContain('Dear Eve')
  expect(left).not.toContain('view.png')
})

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
  await page.getByText('You were signed out. Sign in to go on where you were.').waitFor()
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

const dot =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='
