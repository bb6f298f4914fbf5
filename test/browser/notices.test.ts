import { expect } from 'vitest'
import { on, send } from '../support/dashboard.ts'
import { givenLine } from '../support/given-product.ts'
import { test } from '../support/story.ts'

test('D12 E14: a first text is confirmed; one that is not taken says so, is kept, and goes out once when sent again', async ({
  product,
  api,
  page,
}) => {
  await givenLine({ product, api }, '+12125550188')
  const mara = await product.phones.add('+14155550189', 'Mara')
  await on.button(page, 'New conversation').click()
  const dialog = page.getByRole('dialog', { name: 'New conversation' })
  await dialog.getByLabel('Number or contact').fill('(415) 555-0189')
  await dialog.getByLabel('First text').fill('Your appointment is on Monday at 9')
  await dialog.getByRole('button', { name: 'Start and send' }).click()
  await page.getByText('Message sent', { exact: true }).waitFor()
  await on.log(page).getByText('Delivered').waitFor()

  await page.context().setOffline(true)
  await send(page, 'Bring your card')
  await page.getByRole('alert').filter({ hasText: 'Not sent.' }).waitFor()
  await expect.poll(() => on.box(page).inputValue()).toBe('Bring your card')

  await page.context().setOffline(false)
  await on.light(page).filter({ hasText: 'Live' }).waitFor()
  await on.button(page, 'Send').click()
  await expect.poll(mara.bodies).toEqual(['Your appointment is on Monday at 9', 'Bring your card'])
  expect(await on.log(page).getByText('Bring your card').count()).toBe(1)
})
