import { expect } from 'vitest'
import { on, sendToGroup } from '../support/dashboard.ts'
import { givenGroup } from '../support/given-product.ts'
import { test } from '../support/story.ts'

test('A36: phones side by side and the dashboard are one conversation, typed in the browser and seen at once', async ({
  product,
  api,
  open,
}) => {
  const group = await givenGroup({ product, api }, '+12125550185', {
    name: 'Picnic',
    members: { Ana: '+13105550186', Ben: '+17735550187' },
  })
  const page = await open({ path: `/g/${group.id}` })
  await on.members(page).first().waitFor()
  const opened = page.waitForEvent('popup')
  await page.getByRole('link', { name: 'Phones' }).click()
  const phones = await opened
  const phoneOf = (name: string) => phones.getByRole('region', { name: `Phone of ${name}` })
  const x = async (name: string) => (await phoneOf(name).boundingBox())?.x ?? 0
  expect(await x('Ben')).toBeGreaterThan(await x('Ana'))

  await phoneOf('Ana').getByRole('textbox', { name: 'Message' }).fill('Who brings plates?')
  await phoneOf('Ana').getByRole('button', { name: 'Send' }).click()
  await phoneOf('Ben').getByText('Ana: Who brings plates?').waitFor()
  await on.log(page).getByText('Who brings plates?').waitFor()
  await sendToGroup(page, 'I do')
  for (const name of ['Ana', 'Ben']) await phoneOf(name).getByText('Admin: I do').waitFor()

  await phones.getByRole('button', { name: 'Add phone' }).click()
  const dialog = phones.getByRole('dialog', { name: 'Add phone' })
  await dialog.getByLabel('Name').fill('Stranger')
  await dialog.getByRole('button', { name: 'Add phone' }).click()
  const stranger = phoneOf('Stranger').getByRole('textbox', { name: 'Message' })
  await stranger.fill('Wrong number?')
  await stranger.press('Enter')
  await on.row(page, /Wrong number\?/).waitFor()
  expect(await phoneOf('Ana').getByText('Wrong number?').count()).toBe(0)
})
