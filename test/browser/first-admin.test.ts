import { expect, inject } from 'vitest'
import { runProduct } from '../support/run-product.ts'
import { test } from '../support/story.ts'
import { account } from '../support/webhook.ts'
import { openWindow } from '../support/window.ts'

/** With Twilio's own credentials no admin is made up. Nothing is sent, and nothing listens there. */
const twilio = {
  TWILIO_ACCOUNT_SID: account.sid,
  TWILIO_AUTH_TOKEN: account.token,
  TWILIO_API_URL: 'http://127.0.0.1:9',
}
const ada = { name: 'Ada', email: 'ada@example.com', password: 'a long quiet evening' }

test('A21 B11 D2 D6: the one-time link makes the first admin, who signs out and in again; the link is used up', async ({
  stack,
  browser,
}) => {
  await using product = await runProduct(stack, {
    withAdmin: false,
    webFolder: inject('webFolder'),
    env: twilio,
  })
  await using window = await openWindow(browser, product.url, { user: null, path: '/contacts' })
  const { page } = window
  await page.getByText('Open the set-up link').waitFor()

  await page.goto(product.setupLink ?? '')
  await page.getByLabel('Name').fill(ada.name)
  await page.getByLabel('Email').fill(ada.email)
  await page.getByLabel('Password').fill('short')
  await page.getByRole('button', { name: 'Create account' }).click()
  await page.getByText('At least 8 characters.', { exact: true }).waitFor()
  await page.getByLabel('Password').fill(ada.password)
  await page.getByRole('button', { name: 'Create account' }).click()
  await page.getByRole('heading', { name: 'Inbox' }).waitFor()

  await page.getByRole('button', { name: 'Account' }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await page.getByRole('button', { name: 'Sign in' }).waitFor()

  await page.getByLabel('Email').fill(ada.email)
  await page.getByLabel('Password').fill('not that one')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect.poll(() => page.getByRole('alert').textContent()).toMatch(/not right|wrong|match/i)
  expect(await page.getByRole('heading', { name: 'Inbox' }).count()).toBe(0)
  expect(await page.getByText('Open the set-up link').count()).toBe(0)
  await page.getByLabel('Password').fill(ada.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('heading', { name: 'Inbox' }).waitFor()

  await page.goto(product.setupLink ?? '')
  await page.getByLabel('Name').fill('Mallory')
  await page.getByLabel('Email').fill('mallory@example.com')
  await page.getByLabel('Password').fill('another long evening')
  await page.getByRole('button', { name: 'Create account' }).click()
  await expect.poll(() => page.getByRole('alert').textContent()).toMatch(/already set up/)
})
