import { expect } from 'vitest'
import { flaws } from '../support/axe.ts'
import { on, send, sendToGroup } from '../support/dashboard.ts'
import { givenGroup, givenLine } from '../support/given-product.ts'
import { test } from '../support/story.ts'

test('A41: the details of a group message say who did not get it and why, and Retry sends it again', async ({
  product,
  api,
  open,
}) => {
  const group = await givenGroup({ product, api }, '+12125550160', {
    name: 'Crew',
    members: { Ana: '+13105550161', Ben: '+17735550162' },
  })
  const ben = group.phone('Ben')
  await ben.behave('off')
  const page = await open({ path: `/g/${group.id}` })

  await sendToGroup(page, 'Doors open at six')
  const bubble = on.log(page).locator('div[id]', { hasText: 'Doors open at six' })
  await bubble.getByRole('button', { name: '1 of 2 got it, 1 failed' }).click()
  const dialog = page.getByRole('dialog', { name: 'Who got it' })
  const entry = (name: string) =>
    dialog.getByRole('list', { name: 'Recipients' }).getByRole('listitem').filter({ hasText: name })
  await entry('Ana').getByText('Delivered').waitFor()
  await entry('Ben').getByText('Not delivered').waitFor()
  await entry('Ben').getByText('switched off').waitFor()

  await ben.behave('receives')
  await dialog.getByRole('button', { name: 'Retry Ben' }).click()
  await entry('Ben').getByText('Delivered', { exact: true }).waitFor()
  await expect.poll(ben.bodies).toEqual(['Admin: Doors open at six'])
  await page.keyboard.press('Escape')
  await bubble.getByText('2 of 2 got it').waitFor()
  expect(await group.phone('Ana').bodies()).toHaveLength(1)
})

test('a direct text that a carrier refuses says why below its bubble', async ({
  product,
  api,
  page,
}) => {
  await givenLine({ product, api }, '+12125550163')
  await on.button(page, 'New conversation').click()
  const dialog = page.getByRole('dialog', { name: 'New conversation' })
  await dialog.getByLabel('Number or contact').fill('+15005550009')
  await dialog.getByLabel('First text').fill('Hello?')
  await dialog.getByRole('button', { name: 'Start and send' }).click()

  await on.log(page).getByText('The number is not a mobile phone.').waitFor()
  await on.log(page).getByText('Correct the number').waitFor()
  expect(await on.log(page).getByText('21614').count()).toBe(0)
})

test('a number at which nothing arrives is locked with the reason, can be tried all the same, and opens again', async ({
  product,
  api,
  page,
}) => {
  const line = await givenLine({ product, api }, '+12125550440')
  const fay = await product.phones.add('+13105550441', 'Fay')
  await fay.text(line.address, 'Call me back')
  await fay.behave('unknown')
  await on.row(page, /Call me back/).click()
  const conversation = page.getByRole('region', { name: 'Conversation' })

  await send(page, 'First try')
  await conversation.getByText(/The carrier says that no text can arrive/).waitFor()
  await on.box(page).waitFor({ state: 'detached' })
  expect(await flaws(page)).toEqual([])

  await fay.behave('receives')
  await on.button(page, 'Try anyway').click()
  await send(page, 'Second try')
  await expect.poll(fay.bodies).toEqual(['Second try'])
  await conversation.getByText('It is tried all the same').waitFor({ state: 'detached' })
})
