import { sql } from 'drizzle-orm'
import { sessions } from '@partyline/db/schema/users'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { flaws } from '../support/axe.ts'
import { on } from '../support/dashboard.ts'
import { givenLine } from '../support/given-product.ts'
import { admin } from '../support/run-product.ts'
import { test } from '../support/story.ts'

const field = (page: Page, label: string) =>
  page.getByRole('dialog').getByLabel(label, { exact: true })

test('S20: a user is added with a password that is shown once, sees what is for agents only, and is disabled by whoever can say the password', async ({
  stack,
  page,
  open,
}) => {
  await page.goto('/settings/users')
  await on.button(page, 'Add a user').click()
  await field(page, 'Name').fill('Dana Reyes')
  await field(page, 'E-mail').fill('dana@example.com')
  // Left while it adds, nobody would ever see the password.
  const turnedAway = Promise.withResolvers<undefined>()
  await page.route('**/api/users', async (route) => {
    if (route.request().method() === 'POST') await turnedAway.promise
    return route.continue()
  })
  await page.getByRole('dialog').getByRole('button', { name: 'Add' }).click()
  await page.keyboard.press('Escape')
  await page.getByRole('dialog', { name: 'Add a user' }).waitFor()
  turnedAway.resolve(undefined)
  const password = await field(page, 'Password').inputValue()
  await on.button(page, 'Done').click()
  await page.getByRole('list', { name: 'Users' }).getByText('dana@example.com').waitFor()

  const theirs = await open({
    user: { email: 'dana@example.com', password },
    path: '/settings/account',
  })
  await theirs.getByRole('heading', { name: 'My account' }).waitFor()
  const entries = theirs.getByRole('navigation', { name: 'Settings' }).getByRole('link')
  expect(await entries.allInnerTexts()).toEqual([
    'My account',
    'Saved replies',
    'WhatsApp templates',
    'Labels',
    'Held and failed texts',
  ])
  await theirs.goto('/settings/users')
  await theirs.getByRole('heading', { name: 'For administrators' }).waitFor()

  const age = () =>
    stack.db.update(sessions).set({ provedAt: sql`now() - interval '15 minutes 1 second'` })
  await age()
  await on.button(page, 'More about Dana Reyes').click()
  await page.getByRole('menuitem', { name: 'Disable' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Disable' }).click()
  const confirm = page.getByRole('dialog', { name: 'Confirm it is you' })
  await confirm.waitFor()
  expect(await flaws(page), 'asked for the password').toEqual([])
  await page.keyboard.press('Escape')
  await page.getByText('Nothing was done, because you did not confirm that it is you.').waitFor()
  expect(await page.getByText('Disabled', { exact: true }).count()).toBe(0)

  await on.button(page, 'More about Dana Reyes').click()
  await page.getByRole('menuitem', { name: 'Disable' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Disable' }).click()
  for (const password of ['not my password', admin.password]) {
    await confirm.locator('input:focus').waitFor()
    await page.keyboard.type(password)
    await page.keyboard.press('Enter')
    if (password === admin.password) continue
    await confirm.getByText('The e-mail address or the password is wrong.').waitFor()
    expect(await field(page, 'Password').inputValue()).toBe('')
  }
  await page.getByText('Dana Reyes is disabled').waitFor()
  await theirs.goto('/')
  await on.button(theirs, 'Sign in').waitFor()

  await page.goto('/contacts')
  await age()
  await on.button(page, 'Order, import, export').click()
  await page.getByRole('menuitem', { name: 'Export as CSV' }).click()
  await field(page, 'Password').fill(admin.password)
  const file = page.waitForEvent('download')
  await page.keyboard.press('Enter')
  expect((await file).suggestedFilename()).toBe('contacts.csv')
})

test('a line keeps hours and answers outside them; a label and a saved reply are made', async ({
  product,
  api,
  page,
}) => {
  await givenLine({ product, api }, '+12125550131', { name: 'Shop' })
  await page.goto('/settings/lines')
  await on.button(page, 'Edit Shop').click()
  await field(page, 'Keep hours').check()
  for (const day of ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday']) {
    await field(page, day).uncheck()
  }
  await field(page, 'Answer outside the hours').fill('Back at nine.')
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
  await page.getByText('Outside its hours now').waitFor()
  const mara = await product.phones.add('+14155550131', 'Mara')
  await mara.text('+12125550131', 'Are you open?')
  await expect.poll(() => mara.bodies()).toContain('Back at nine.')

  await page.goto('/settings/labels')
  await on.button(page, 'New label').click()
  await field(page, 'Name').fill('Refund')
  await page.getByRole('dialog').getByLabel('pink').check({ force: true })
  await on.button(page, 'Make it').click()
  await page.getByRole('list', { name: 'Labels' }).getByText('Refund').waitFor()

  await page.goto('/settings/saved-replies')
  await on.button(page, 'New saved reply').click()
  await field(page, 'Name').fill('hours')
  await field(page, 'Text').fill('We are open from nine to five,')
  await on.button(page, 'Put in {first name}').click()
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
  await page.getByText('We are open from nine to five, {first name}').waitFor()
})

test('what never came is fetched from the webhook log, and what waits and failed is on Home', async ({
  product,
  api,
  stack,
  page,
}) => {
  const line = await givenLine({ product, api }, '+12125550132', { name: 'Orders' })
  const ben = await product.phones.add('+14155550132', 'Ben')
  await ben.text('+12125550132', 'Where is my order?')
  const comes = async (text: string | RegExp) =>
    page
      .getByText(text)
      .first()
      .waitFor({ timeout: 2_000 })
      .then(
        () => true,
        () => false,
      )
  const refuse = () => fetch(`${product.url}/webhooks/twilio/messages`, { method: 'POST' })
  const refused = page.getByRole('list', { name: 'Refused webhooks' }).getByRole('listitem')
  // The page follows by itself; what is refused while somebody reads waits until it is asked for.
  await page.goto('/settings/webhook-log')
  await page.getByText('just now').first().waitFor()
  await refuse()
  await refused.waitFor()
  await refuse()
  await on.button(page, 'Show 1 new').waitFor()
  expect(await refused.count()).toBe(1)
  await on.button(page, 'Show 1 new').click()
  await expect.poll(() => refused.count()).toBe(2)
  // Just started, it first looks by itself at what was sent meanwhile, and says so.
  await expect
    .poll(async () => {
      await on.button(page, 'Fetch now').click()
      return comes(/^Nothing was missing, of \d+ texts? that Twilio has\.$/)
    })
    .toBe(true)

  await stack.db.execute(sql`
    insert into line_hours (line_id, hour, inbound, outbound, delivered, answer_seconds)
    values (${line.id}, date_trunc('hour', now() - interval '2 days'), 1234, 10, 10, int4send(240))`)
  await page.goto('/home?range=7')
  await page.getByText('4 min').first().waitFor()
  expect(await page.getByText(/^1,23\d$/).count()).toBeGreaterThan(0)
  const chart = page.getByRole('slider', { name: 'Texts in and out' })
  await chart.focus()
  for (const key of ['ArrowLeft', 'ArrowLeft']) await page.keyboard.press(key)
  expect(await chart.getAttribute('aria-valuetext')).toMatch(/: 1,234 in, 10 out$/)

  await page.getByRole('link', { name: /Where is my order\?/ }).click()
  await on.log(page).getByText('Where is my order?').waitFor()
})
