import { conversationEndpoints } from '@partyline/contracts/api/conversations'
import { savedReplyEndpoints } from '@partyline/contracts/api/saved-replies'
import { expect } from 'vitest'
import { flaws } from '../support/axe.ts'
import { on } from '../support/dashboard.ts'
import { givenLine } from '../support/given-product.ts'
import { test } from '../support/story.ts'

test('names, numbers and words are found with marked matches, and a message opens where it was said', async ({
  product,
  api,
  page,
}) => {
  const address = '+12125550204'
  await givenLine({ product, api }, address, { name: 'Lost and found' })
  const fay = await product.phones.add('+14155550241', 'Fay')
  await fay.text(address, 'I lost a turquoise umbrella')
  await on.row(page, /turquoise/).waitFor()

  await page.keyboard.press('/')
  await page.keyboard.type('turquoise umb')
  const found = page.getByRole('list', { name: 'Messages found' }).getByRole('link')
  await found.first().waitFor()
  // While it is still typed, less of it is marked.
  await expect.poll(() => found.locator('mark').allInnerTexts()).toEqual(['turquoise', 'umb'])
  expect(await flaws(page), 'search').toEqual([])
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await on.log(page).getByText('I lost a turquoise umbrella').waitFor()
  expect(new URL(page.url()).searchParams.get('message')).toBe('1')

  await page.keyboard.press('/')
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.type('4155550241')
  await page.getByRole('list', { name: 'Conversations found' }).getByRole('link').first().waitFor()
  await expect.poll(() => page.locator('mark').first().innerText()).toBe('415) 555-0241')
})

test('⌘K finds people, texts a number that was typed, and ? shows the keys', async ({
  product,
  api,
  page,
}) => {
  const line = await givenLine({ product, api }, '+12125550205', { name: 'Reception' })
  await product.phones.add('+12065550101', 'Gus')
  await page.getByRole('heading', { name: 'Inbox' }).waitFor()
  await on.light(page).filter({ hasText: 'Live' }).waitFor()

  await page.keyboard.press('?')
  const help = page.getByRole('dialog', { name: 'Keys' })
  await help.getByText('Next conversation').waitFor()
  expect(await flaws(page), 'the keys').toEqual([])
  await page.keyboard.press('Escape')
  await help.waitFor({ state: 'hidden' })

  await page.keyboard.press('ControlOrMeta+k')
  const palette = page.getByRole('dialog')
  await palette.getByRole('combobox').fill('206 555 0101')
  const option = palette.getByRole('option', { name: `Text (206) 555-0101 from ${line.name}` })
  await option.waitFor()
  expect(await flaws(page), 'the palette').toEqual([])
  await option.click()
  await on.title(page).filter({ hasText: '(206) 555-0101' }).waitFor()

  // Typed in a field, a key is a letter.
  await on.box(page).fill('')
  await on.box(page).press('e')
  await expect.poll(() => on.box(page).inputValue()).toBe('e')
})

test('a slash finds what is said often, and what is not known has to be filled in', async ({
  product,
  api,
  page,
}) => {
  const line = await givenLine({ product, api }, '+12125550410', { name: 'Box office' })
  const mara = await product.phones.add('+14155550411', 'Mara')
  for (const [name, body] of [
    ['Hours', 'Hi {first name|there}, {line} is open from 9 to 5.'],
    ['Home address', 'We are at 12 Main Street.'],
    ['Thanks', 'Thank you, {name}!'],
  ] as const) {
    await api.call(savedReplyEndpoints.create, { body: { name, body } })
  }
  const { id } = await api.call(conversationEndpoints.create, {
    body: { lineId: line.id, address: mara.address },
  })
  await page.goto(`/c/${id}`)
  const replies = page.getByRole('listbox', { name: 'Saved replies' })

  await on.box(page).pressSequentially('/ho')
  await replies.getByRole('option', { name: /Home address/, selected: true }).waitFor()
  expect(await flaws(page)).toEqual([])
  await on.box(page).press('ArrowDown')
  await replies.getByRole('option', { name: /Hours/, selected: true }).waitFor()
  await on.box(page).press('Escape')
  await replies.waitFor({ state: 'detached' })
  expect(await on.box(page).inputValue()).toBe('/ho')

  await on.box(page).fill('')
  await on.button(page, 'Saved replies').click()
  await replies.getByRole('option', { name: /Hours/ }).click()
  await expect
    .poll(() => on.box(page).inputValue())
    .toBe('Hi there, Box office is open from 9 to 5.')
  await on.box(page).press('Enter')
  await expect.poll(mara.bodies).toEqual(['Hi there, Box office is open from 9 to 5.'])

  await on.box(page).pressSequentially('/than')
  await replies.waitFor()
  await on.box(page).press('Enter')
  await on.box(page).press('Enter')
  await page.getByRole('alert').getByText('Fill in {name} first').waitFor()
  await page.keyboard.type('Mara')
  await expect.poll(() => on.box(page).inputValue()).toBe('Thank you, Mara!')
  await on.box(page).press('Enter')
  await expect.poll(mara.bodies).toContain('Thank you, Mara!')
})
