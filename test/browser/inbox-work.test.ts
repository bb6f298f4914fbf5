import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { flaws } from '../support/axe.ts'
import { on, showView } from '../support/dashboard.ts'
import { givenLine } from '../support/given-product.ts'
import { pickTime, snoozeTwo } from '../support/snoozing.ts'
import { test } from '../support/story.ts'

const names = async (page: Page) =>
  (await on.rows(page).allInnerTexts()).map((text) => text.split('\n')[0])
const toast = (page: Page, text: string | RegExp) =>
  page.getByRole('region', { name: 'Notices' }).getByText(text)
/** Takes back what the notice of these words tells of. */
const undo = (page: Page, text: string) =>
  page
    .getByRole('region', { name: 'Notices' })
    .locator('div', { hasText: text })
    .getByRole('button', { name: 'Undo' })
    .click()
const choose = async (page: Page, key: string, words: string) => {
  await page.keyboard.press(key)
  await page.getByRole('dialog').getByRole('combobox').fill(words)
  await page.getByRole('dialog').getByRole('option', { name: words }).first().waitFor()
  await page.keyboard.press('Enter')
  await page.getByRole('dialog').waitFor({ state: 'hidden' })
}

test('views and filters: selected with keys, closed, assigned, labelled, snoozed and taken back; the address says which list it is', async ({
  product,
  api,
  page,
}) => {
  const address = '+12125550201'
  await givenLine({ product, api }, address)
  for (const [index, name] of ['Ann', 'Ben', 'Cy', 'Dee'].entries()) {
    const phone = await product.phones.add(`+1415555021${index}`, name)
    await phone.text(address, `Hello from ${name}`)
    await on.rows(page).first().getByText(`Hello from ${name}`).waitFor()
  }
  expect(await flaws(page), 'the list').toEqual([])

  // From the search box down into the list, then with keys alone.
  await page.keyboard.press('/')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('x')
  await page.keyboard.press('j')
  await page.keyboard.press('x')
  const bar = page.getByRole('toolbar', { name: 'Selected conversations' })
  await bar.getByText('2').waitFor()
  expect(await flaws(page), 'a selection').toEqual([])
  await page.keyboard.press('l')
  await page.getByRole('option', { name: 'Make a label', exact: true }).waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'hidden' })
  await choose(page, 'l', 'VIP')
  await toast(page, 'Labelled 2 conversations “VIP”').waitFor()
  await choose(page, 'a', 'you')
  await toast(page, /Assigned 2 conversations to/).waitFor()
  await page.keyboard.press('Escape')

  await on.button(page, 'Filter by channel, line or label').click()
  await page.getByRole('menuitemcheckbox', { name: 'VIP' }).click()
  await expect.poll(() => page.url()).toContain('label=')
  await expect.poll(() => on.rows(page).count()).toBe(2)
  await showView(page, 'Mine')
  await expect.poll(() => new URL(page.url()).searchParams.get('view')).toBe('mine')
  await page.reload()
  await expect.poll(() => on.rows(page).count()).toBe(2)
  await page.goBack()
  await page.goBack()
  await expect.poll(() => on.rows(page).count()).toBe(4)

  // The row below takes the place of the one that is closed, and has the focus.
  await on.rows(page).nth(1).focus()
  const [top, second, third] = await names(page)
  await page.keyboard.press('e')
  await toast(page, `Closed “${second}”`).waitFor()
  await expect
    .poll(() => page.evaluate('document.activeElement.innerText.split("\\n")[0]'))
    .toBe(third)
  await undo(page, `Closed “${second}”`)
  await expect.poll(() => on.rows(page).count()).toBe(4)

  // With the conversation open too: key after key, and no letter lands in the box of the next.
  await on.rows(page).first().click()
  await on.box(page).waitFor()
  await page.keyboard.press('Escape')
  await page.keyboard.press('e')
  await on
    .title(page)
    .filter({ hasText: second ?? '' })
    .waitFor()
  await page.keyboard.press('e')
  await on
    .title(page)
    .filter({ hasText: third ?? '' })
    .waitFor()
  expect(await on.box(page).inputValue()).toBe('')
  for (const [closed, left] of [
    [second, 3],
    [top, 4],
  ] as const) {
    await undo(page, `Closed “${closed}”`)
    await expect.poll(() => on.rows(page).count()).toBe(left)
  }

  // Whoever turns back before a time is picked is on the row again.
  await on.rows(page).first().focus()
  const at = () => page.evaluate('document.activeElement.dataset.conversation ?? "nowhere"')
  const before = await at()
  await page.keyboard.press('z')
  await page.getByRole('option', { name: 'Pick a time…' }).click()
  await page.getByLabel('Until when?').waitFor()
  await page.keyboard.press('Escape')
  await expect.poll(at).toBe(before)
  await choose(page, 'z', 'Tomorrow morning')
  await expect.poll(() => on.rows(page).count()).toBe(3)
  await snoozeTwo(page)
  await toast(page, /Snoozed 2 conversations until .*2:30/).waitFor()
  await expect.poll(() => on.rows(page).count()).toBe(1)
  await showView(page, 'Snoozed')
  await expect.poll(() => on.rows(page).count()).toBe(3)
  await on
    .rows(page)
    .filter({ hasText: /Snoozed until .*2:30/ })
    .first()
    .click()
  await page
    .getByText(/^Snoozed until .*2:30/)
    .first()
    .waitFor()
  await on.button(page, 'Snooze').click()
  await page.getByRole('menuitem', { name: 'Pick a time…' }).click()
  await page.getByLabel('Until when?').waitFor()
  expect(await flaws(page), 'a time to pick').toEqual([])
  await pickTime(page, 45)
  await toast(page, /^Snoozed “.*2:45/).waitFor()
  await showView(page, 'Closed')
  await page.getByText('Nothing closed').waitFor()
  expect(await flaws(page), 'an empty view').toEqual([])
})

test('a range is selected with shift, and what is refused is told and stays', async ({
  product,
  api,
  page,
}) => {
  const address = '+12125550202'
  await givenLine({ product, api }, address, { name: 'Night desk' })
  for (const index of [0, 1, 2]) {
    await (await product.phones.add(`+1415555022${index}`, 'Guest')).text(address, `Night ${index}`)
  }
  await on.row(page, /Night 2/).waitFor()
  await expect.poll(() => on.row(page, /Night/).count()).toBe(3)
  await on.row(page, /Night 2/).hover()
  const boxes = page.getByRole('checkbox', { name: /^Select \(415\) 555-022/ })
  await boxes.first().click()
  await boxes.nth(2).click({ modifiers: ['Shift'] })
  const bar = page.getByRole('toolbar', { name: 'Selected conversations' })
  await bar.getByText('3').waitFor()
  for (const index of [0, 1, 2]) expect(await boxes.nth(index).isChecked()).toBe(true)

  // Another window was faster, and the news of it has not come here.
  await page.context().setOffline(true)
  await bar.getByRole('button', { name: 'Close' }).click()
  await toast(page, 'Partyline cannot be reached. Check your connection.').waitFor()
  await expect.poll(() => on.row(page, /Night/).count()).toBe(3)
  await page.context().setOffline(false)
  await on.light(page).filter({ hasText: 'Live' }).waitFor()
  await page.keyboard.press('Escape')
})
