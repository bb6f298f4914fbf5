import { conversationEndpoints } from '@partyline/contracts/api/conversations'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { flaws, overhang } from '../support/axe.ts'
import { on, send } from '../support/dashboard.ts'
import { givenLine } from '../support/given-product.ts'
import { test } from '../support/story.ts'

const lines = (page: Page) => page.getByRole('list', { name: 'Connected' }).getByRole('listitem')
const toLines = async (page: Page) => {
  await page
    .getByRole('navigation', { name: 'Main' })
    .getByRole('link', { name: /Settings/ })
    .click()
  const settings = page.getByRole('navigation', { name: 'Settings' })
  await settings.getByRole('link', { name: /^Lines/ }).click()
}
const focused = (page: Page) => page.evaluate<string>('document.activeElement.textContent.trim()')

test('a number of the account is connected by keyboard, and what a phone texts it appears', async ({
  product,
  open,
}) => {
  const page = await open({ viewport: { width: 360, height: 740 } })
  await toLines(page)
  await page.getByText('No numbers yet').waitFor()
  await on.button(page, 'Get a number').press('Enter')

  await on.button(page, 'Connect (212) 555-0100').press('Enter')
  const dialog = page.getByRole('dialog', { name: 'Connect (212) 555-0100' })
  await dialog.getByLabel('Name').fill('Front desk')
  await dialog.getByLabel('Name').press('Tab')
  await page.keyboard.press('ArrowDown')
  expect(await dialog.getByRole('radio', { name: 'Group' }).isChecked()).toBe(true)
  await page.keyboard.press('ArrowUp')
  expect([await flaws(page), await overhang(page)]).toEqual([[], 0])
  await page.keyboard.press('Enter')

  await lines(page).filter({ hasText: 'Front desk' }).getByText('Texts arrive.').waitFor()
  await expect.poll(() => focused(page)).toBe('Connected')
  const mara = await product.phones.add('+14155550101', 'Mara')
  await mara.text('+12125550100', 'Are you open?')
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: /Inbox/ }).click()
  await on.row(page, /Are you open/).waitFor()
})

test('a line whose texts go elsewhere is told of on every page, and fixed once that is agreed to', async ({
  product,
  api,
  page,
}) => {
  await product.phones.addLine('+12125550111', 'Shop', 'https://shop.example.org/sms')
  await givenLine({ product, api }, '+12125550111', { name: 'Shop' })
  await toLines(page)
  const shop = lines(page).filter({ hasText: 'Shop' })
  await shop.getByText('points at https://shop.example.org/sms').waitFor()
  await page.getByRole('link', { name: 'Contacts' }).click()
  const told = page.getByRole('alert').filter({ hasText: 'Texts to (212) 555-0111' })
  await told.waitFor()
  expect(await flaws(page)).toEqual([])

  await told.getByRole('button', { name: 'Fix (212) 555-0111' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Take them' }).click()

  await told.waitFor({ state: 'detached' })
  await toLines(page)
  await shop.getByText('Texts arrive.').waitFor()
})

test('credentials that Twilio refuses are told, and looking again mends it', async ({
  product,
  page,
}) => {
  await toLines(page)
  await page.getByText(/^Looked up /).waitFor()
  await product.phones.misbehave({ accountScript: ['unauthorized'] })

  await on.button(page, 'Check again').click()

  const told = page.getByRole('alert').filter({ hasText: 'does not accept the credentials' })
  await told.getByRole('button', { name: 'Try again' }).click()
  await told.waitFor({ state: 'detached' })
})

test('a paused line says so where one writes from it, its texts wait, and they go when it is resumed', async ({
  product,
  api,
  page,
}) => {
  const { id: lineId } = await givenLine({ product, api }, '+12125550112', { name: 'Depot' })
  const phone = await product.phones.add('+14155550112', 'Noa')
  await toLines(page)
  const depot = lines(page).filter({ hasText: 'Depot' })
  await on.button(page, 'Edit Depot').click()
  const dialog = page.getByRole('dialog', { name: 'Depot' })
  await dialog.getByRole('switch', { name: 'Pause sending' }).click()
  await dialog.getByRole('button', { name: 'Save' }).click()
  await depot.getByText(/^Sending is paused since/).waitFor()
  expect(await flaws(page)).toEqual([])

  const body = { lineId, address: phone.address }
  const { id } = await api.call(conversationEndpoints.create, { body })
  await page.goto(`${product.url}/c/${id}`)
  await page.getByText(/^Sending from Depot is paused/).waitFor()
  await send(page, 'Your shoes are here')
  await on.log(page).getByText('Your shoes are here').waitFor()
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: /Home/ }).click()
  await page.getByRole('link', { name: /^Sending from Depot is paused/ }).waitFor()
  await page.goBack()
  await page.getByText(/^Sending from Depot is paused/).waitFor()
  expect([await flaws(page), await phone.bodies()]).toEqual([[], []])

  await on.button(page, 'Resume').click()
  await expect.poll(phone.bodies).toEqual(['Your shoes are here'])
  await page.getByText(/^Sending from Depot is paused/).waitFor({ state: 'detached' })
})
