import { expect } from 'vitest'
import { on, removeMember, sendToGroup } from '../support/dashboard.ts'
import { test } from '../support/story.ts'

const line = '+12125550100'

test('A13–A20 A22–A36 A40 A41: a group made in the browser: three join, one texts, all others get it, the admin answers, one leaves', async ({
  product,
  page,
}) => {
  const ana = await product.phones.add('+13105550111', 'Ana')
  const ben = await product.phones.add('+17735550112', 'Ben')
  const eva = await product.phones.add('+16175550113', 'Eva')
  expect(await page.title()).toContain('Partyline')

  await on.button(page, 'New group').click()
  const dialog = page.getByRole('dialog', { name: 'New group' })
  await dialog.getByLabel('Group name').fill('Conference')
  await dialog.getByLabel('Group number').fill('(212) 555-0100')
  await dialog.getByText('Each text of a member is answered with “Message received.”').waitFor()
  await dialog.getByRole('button', { name: 'Create group' }).click()
  await page.getByRole('heading', { name: 'Group Members' }).waitFor()
  await page.getByRole('heading', { name: 'Add new member' }).waitFor()
  await page.getByRole('region', { name: 'Conversation' }).getByText('(212) 555-0100').waitFor()
  await page.getByText('Nobody to send to: the group has no members').waitFor()

  const name = page.getByRole('textbox', { name: 'Name' })
  const phone = page.getByRole('textbox', { name: 'Phone' })
  expect(await name.getAttribute('placeholder')).toBe('name')
  expect(await phone.getAttribute('placeholder')).toBe('+11112223333')
  expect(await phone.getAttribute('type')).toBe('tel')
  for (const [who, number, kept] of [
    ['Ana', '(310) 555-0111', '(310) 555-0111'],
    ['Ben', '1 773 555 0112', '(773) 555-0112'],
    ['Eva', '+1-617-555-0113', '(617) 555-0113'],
  ] as const) {
    await name.fill(who)
    await phone.fill(number)
    await on.button(page, 'Save').click()
    await on.members(page).filter({ hasText: who }).getByText(kept).waitFor()
    await expect.poll(() => name.inputValue()).toBe('')
    await expect.poll(() => phone.inputValue()).toBe('')
  }
  const log = on.log(page)
  await log.getByText('Eva has joined the group').waitFor()
  await expect.poll(eva.bodies).toEqual(['Admin: Eva has joined the group'])

  await name.fill('Nobody')
  await phone.fill('12')
  await on.button(page, 'Save').click()
  await expect.poll(() => phone.getAttribute('aria-invalid')).toBe('true')
  expect(await on.members(page).count()).toBe(3)

  await ana.text(line, 'How about pizza after work?')
  for (const other of [ben, eva]) {
    await expect.poll(other.bodies).toContain('Ana: How about pizza after work?')
  }
  await log.getByText('How about pizza after work?').waitFor()
  await log.getByText('Ana:', { exact: true }).waitFor()

  await sendToGroup(page, 'Pizza it is')
  expect(await on.box(page).inputValue()).toBe('')
  for (const one of [ana, ben, eva]) {
    await expect.poll(one.bodies).toContain('Admin: Pizza it is')
  }
  await log.locator('div[id]', { hasText: 'Pizza it is' }).getByText('3 of 3 got it').waitFor()
  await on.box(page).fill('Bring the neighbours')
  await on.button(page, 'Send').click()
  await on.button(page, 'Send now').click()
  await expect.poll(eva.bodies).toContain('Admin: Bring the neighbours')
  const neighbours = log.locator('div[id]', { hasText: 'Bring the neighbours' })
  await neighbours.getByRole('button', { name: '3 of 3 got it' }).waitFor()

  await removeMember(page, 'Ben')
  await log.getByText('Ben has left the group').waitFor()
  await expect.poll(() => on.members(page).count()).toBe(2)
  await expect.poll(ana.bodies).toContain('Admin: Ben has left the group')
  await ana.text(line, 'Who ate it all?')
  await expect.poll(eva.bodies).toContain('Ana: Who ate it all?')
  expect(await ben.bodies()).not.toContain('Ana: Who ate it all?')
  expect(await ana.bodies()).not.toContain('Ana: How about pizza after work?')
})
