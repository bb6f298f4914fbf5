import { expect } from 'vitest'
import { on, removeMember, send, undoFor } from '../support/dashboard.ts'
import { givenGroup, givenLine } from '../support/given-product.ts'
import { test } from '../support/story.ts'

test('A29 A36: members who are added, renamed groups and texts appear in another window without reloading', async ({
  product,
  api,
  open,
}) => {
  const address = '+12125550101'
  const group = await givenGroup({ product, api }, address, {
    name: 'Runners',
    members: { Ana: '+13105550121' },
  })
  const path = `/g/${group.id}`
  const [one, other] = await Promise.all([open({ path }), open({ path })])
  await Promise.all([on.members(one).waitFor(), on.members(other).waitFor()])

  await one.getByRole('textbox', { name: 'Name' }).fill('Ben')
  await one.getByRole('textbox', { name: 'Phone' }).fill('+17735550122')
  await on.button(one, 'Save').click()
  await on.members(other).filter({ hasText: 'Ben' }).waitFor()

  await group.phone('Ana').text(address, 'At six?')
  await Promise.all([one, other].map((page) => on.log(page).getByText('At six?').waitFor()))
  await undoFor(other, 1)
  await send(other, 'At seven')
  await on.log(one).getByText('At seven').waitFor()

  await removeMember(other, 'Ben')
  await expect.poll(() => on.members(one).count()).toBe(1)
  await on.button(one, 'Rename').click()
  await one.getByRole('textbox', { name: 'Conversation title' }).fill('Night runners')
  await one.keyboard.press('Enter')
  await on.title(other).filter({ hasText: 'Night runners' }).waitFor()
  expect(await on.log(other).getByText('At six?').count()).toBe(1)
})

test('B9 B25 B40 B45 B46 B48 B49: two windows show the same list: text in, badge, read, rename, close', async ({
  product,
  api,
  open,
}) => {
  const address = '+12125550102'
  await givenLine({ product, api }, address)
  const mara = await product.phones.add('+14155550131', 'Mara')
  const noah = await product.phones.add('+15125550132', 'Noah')
  await noah.text(address, 'First')
  await mara.text(address, 'Second')
  const [one, other] = await Promise.all([open(), open()])
  for (const page of [one, other]) await on.row(page, /\(512\) 555-0132/).waitFor()

  await noah.text(address, 'Are you there?')
  for (const page of [one, other]) {
    await on.rows(page).first().getByText('Are you there?').waitFor()
    await on.row(page, /\(512\) 555-0132.*2 unread/).waitFor()
  }
  await on.row(one, /\(512\) 555-0132/).click()
  await on.log(one).getByText('Are you there?').waitFor()
  await expect.poll(() => on.row(other, /\(512\) 555-0132.*unread/).count()).toBe(0)

  await mara.text(address, 'Third')
  await on.rows(other).first().getByText('Third').waitFor()
  await on.row(other, /\(512\) 555-0132/).click()
  await on.button(one, 'Rename').click()
  await one.getByRole('textbox', { name: 'Conversation title' }).fill('Noah Kim')
  await one.keyboard.press('Enter')
  await on.title(other).filter({ hasText: 'Noah Kim' }).waitFor()
  await on.rows(other).nth(1).getByText('Noah Kim').waitFor()

  await on.button(one, 'Close').click()
  for (const page of [one, other]) {
    await expect.poll(() => on.row(page, /Noah Kim/).count()).toBe(0)
    await expect.poll(() => new URL(page.url()).pathname).toBe('/')
  }
})
