import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { flaws, overhang } from '../support/axe.ts'
import { on } from '../support/dashboard.ts'
import { givenGroup, givenLine } from '../support/given-product.ts'
import { test } from '../support/story.ts'

const details = (page: Page) => page.getByRole('complementary', { name: 'Details' })

test(
  'a list is pasted, looked at, added, undone and added again; a paused group keeps a text until somebody passes it on',
  { timeout: 120_000 },
  async ({ product, api, open }) => {
    const address = '+12125550141'
    const group = await givenGroup({ product, api }, address, {
      name: 'Runners',
      members: { Ana: '+13105550141', Ben: '+17735550142' },
    })
    const page = await open({ path: `/g/${group.id}` })
    const pane = details(page)
    const dialog = page.getByRole('dialog', { name: 'Add a list of members' })
    await on.button(page, 'Add a list').click()
    await dialog
      .getByLabel('Names and numbers')
      .fill('Name;Phone\nEva;(617) 555-0143\nAna;310-555-0141\nLena;lunch')
    const addThem = async () => {
      await dialog.getByText('1 to add, 1 already a member, 1 with a problem').waitFor()
      expect(await flaws(page), 'the list').toEqual([])
      await on.button(page, 'Add 1 member').click()
      await dialog.getByText('1 added').waitFor()
      await expect.poll(() => on.members(page).count()).toBe(3)
    }
    await addThem()
    await dialog.getByRole('button', { name: /^Undo the list of/ }).click()
    await dialog
      .getByText('Undoing it takes 1 member out and deletes 1 contact that it made.')
      .waitFor()
    expect(await flaws(page), 'a list that is undone').toEqual([])
    await dialog.getByRole('button', { name: 'Undo this import' }).click()
    await expect.poll(() => on.members(page).count()).toBe(2)
    // What was added is to be added again: the list is as it was before.
    await addThem()
    await on.button(page, 'Done').click()

    await on.button(page, 'Select').click()
    await pane.getByLabel('Select Ben').check()
    await pane.getByLabel('Select Eva').check()
    await pane.getByRole('button', { name: 'Remove', exact: true }).click()
    await page
      .getByRole('alertdialog', { name: 'Remove 2 members?' })
      .getByRole('button', { name: 'Remove' })
      .click()
    await expect.poll(() => on.members(page).count()).toBe(1)
    const undo = page.getByRole('region', { name: 'Notices' }).getByRole('button', { name: 'Undo' })
    await undo.waitFor()
    const [notice, people, box] = await Promise.all(
      [undo.locator('..'), pane, on.box(page)].map((each) => each.boundingBox()),
    )
    // A notice lies over nothing that one works with: beside the people, above the composer.
    expect((notice?.x ?? 0) + (notice?.width ?? 9999)).toBeLessThanOrEqual(people?.x ?? 0)
    expect((notice?.y ?? 0) + (notice?.height ?? 9999)).toBeLessThanOrEqual(box?.y ?? 0)
    await undo.click()
    await expect.poll(() => on.members(page).count()).toBe(3)

    await pane.getByText('About', { exact: true }).click()
    await pane.getByRole('switch', { name: 'Pause the group' }).check()
    await on.log(page).getByText('paused the group').waitFor()
    expect(await flaws(page), 'about the group').toEqual([])
    await group.phone('Ana').text(address, 'Who brings water?')
    await on.log(page).getByText('The group was paused').waitFor()
    expect(await group.phone('Ben').bodies()).not.toContain('Ana: Who brings water?')
    await on.log(page).getByRole('button', { name: 'Pass it on' }).click()
    const water = async () =>
      (await group.phone('Ben').bodies()).filter((body) => body === 'Ana: Who brings water?')
    await expect.poll(water).toHaveLength(1)

    await on.row(page, /Paused/).waitFor()
    const thread = page.getByRole('region', { name: 'Conversation' })
    await thread.getByText('kept here and not passed on').waitFor()
    await thread.getByRole('button', { name: 'Resume' }).click()
    await on.log(page).getByText('resumed the group').waitFor()
    await thread.getByText('kept here and not passed on').waitFor({ state: 'detached' })
    await expect.poll(() => on.row(page, /Paused/).count()).toBe(0)

    await pane.getByText('Activity', { exact: true }).click()
    await pane.getByRole('slider', { name: 'Texts a day' }).waitFor()
    expect(await flaws(page), 'activity').toEqual([])

    const onPhone = await open({ viewport: { width: 360, height: 740 }, path: `/g/${group.id}` })
    await on.button(onPhone, 'Details').click()
    const add = on.button(onPhone, 'Add new member')
    await add.waitFor()
    const name = onPhone.getByRole('textbox', { name: 'Name', exact: true })
    expect(await name.isVisible(), 'the members have the room').toBe(false)
    await add.click()
    await expect.poll(() => onPhone.locator(':focus').getAttribute('placeholder')).toBe('name')
    expect(await flaws(onPhone), 'adding on a phone').toEqual([])
    await name.fill('Fay')
    await onPhone.getByRole('textbox', { name: 'Phone' }).fill('(617) 555-0149')
    await on.button(onPhone, 'Save').click()
    await expect.poll(() => on.members(onPhone).count()).toBe(4)
  },
)

test(
  'two contacts that are one person are merged and parted again, with their numbers and conversations',
  { timeout: 120_000 },
  async ({ product, api, open }) => {
    const address = '+12125550145'
    const chat = 'whatsapp:+12125550146'
    await givenLine({ product, api }, address)
    await givenLine({ product, api }, chat, { name: 'WhatsApp' })
    const phone = await product.phones.add('+14155550147', 'Mara')
    const app = await product.phones.add('whatsapp:+14155550148', 'Mara')
    await phone.text(address, 'By text')
    await app.text(chat, 'By WhatsApp')
    const page = await open({ path: '/contacts' })
    const list = page.getByRole('list', { name: 'Contacts' })
    const maras = list.getByRole('link', { name: 'Mara' })
    await list.getByText('No name yet').first().waitFor()
    await expect.poll(() => list.getByText('(415) 555-0147').count()).toBe(1)
    await list.getByRole('link', { name: '(415) 555-0147' }).click()
    await on.button(page, 'Add a name').click()
    await page.getByRole('textbox', { name: 'Add a name' }).fill('Mara')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: 'Mara' }).waitFor()
    expect(await flaws(page), 'a contact').toEqual([])

    await on.button(page, 'Merge…').click()
    const dialog = page.getByRole('dialog', { name: 'Merge with Mara' })
    await dialog.getByText('2 conversations, side by side.').waitFor()
    expect(await flaws(page), 'merging').toEqual([])
    await dialog.getByRole('button', { name: 'Merge', exact: true }).click()
    const numbers = page.getByRole('list', { name: 'Numbers and addresses' })
    await expect.poll(() => numbers.getByRole('listitem').count()).toBe(2)
    await expect.poll(() => maras.count()).toBe(1)
    const threads = page.getByRole('region', { name: 'Conversations' })
    await threads.getByText('By text').waitFor()
    await threads.getByText('By WhatsApp').waitFor()

    const phonePage = await open({ viewport: { width: 360, height: 740 }, path: '/contacts' })
    const mara = phonePage.getByRole('link', { name: 'Mara' })
    await mara.waitFor()
    expect(await overhang(phonePage), 'contacts').toBe(0)
    await mara.click()
    await phonePage.getByRole('heading', { level: 1, name: 'Mara' }).waitFor()
    expect(await overhang(phonePage), 'a contact').toBe(0)
    expect(await flaws(phonePage), 'a contact on a phone').toEqual([])

    await page
      .locator('section', { hasText: 'Merged' })
      .getByRole('button', { name: 'Undo' })
      .last()
      .click()
    await expect.poll(() => maras.count()).toBe(2)
    await expect.poll(() => numbers.getByRole('listitem').count()).toBe(1)

    await on.button(page, 'Order, import, export').click()
    await page.getByRole('menuitem', { name: 'Import a list…' }).click()
    const lists = page.getByRole('dialog', { name: 'Import contacts' })
    await lists.getByLabel('Names and numbers').fill('Zed,(310) 555-0148\nMara M,(415) 555-0147')
    await lists.getByText('Mara → Mara M').waitFor()
    await lists.getByRole('button', { name: 'Import 2 contacts' }).click()
    await lists.getByText('1 added, 1 renamed').waitFor()
    for (const name of ['Zed', 'Mara M']) await list.getByRole('link', { name }).waitFor()
    await lists.getByRole('button', { name: /^Undo the list of/ }).click()
    await lists.getByText('Undoing it deletes 1 contact and gives 1 its old name back.').waitFor()
    expect(await flaws(page), 'an import that is undone').toEqual([])
    await lists.getByRole('button', { name: 'Undo this import' }).click()
    await expect.poll(() => list.getByRole('link', { name: 'Zed' }).count()).toBe(0)
    await expect.poll(() => list.getByRole('link', { name: 'Mara M' }).count()).toBe(0)
    await lists.getByText('1 to add, 1 to rename').waitFor()
  },
)
