import { sunset } from '@partyline/cli/demo/picture'
import { conversationEndpoints } from '@partyline/contracts/api/conversations'
import { labelEndpoints } from '@partyline/contracts/api/labels'
import { messageEndpoints } from '@partyline/contracts/api/messages'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { on } from '../support/dashboard.ts'
import { givenGroup, givenLine } from '../support/given-product.ts'
import { givenFigures } from '../support/home-figures.ts'
import { newLook } from '../support/look.ts'
import { test as story } from '../support/story.ts'

const phone = { width: 360, height: 740 }
const front = '+12125550140'

const people: [name: string, phone: string, says: string][] = [
  ['Viktor Quinn', '+14155550141', 'My order number is 16894. Where is it?'],
  ['Sofia Marino', '+14155550142', 'Yes please!'],
  ['Omar Haddad', '+14155550143', 'Got it, thank you!'],
  ['Noah Kim', '+14155550144', 'Perfect'],
  ['Mara Lindqvist', '+14155550145', 'Is there parking near the venue?'],
]

/** An inbox in which five people texted, one after the other, and a group in which one phone is off. */
const test = story.extend('office', { scope: 'file' }, async ({ product, api }) => {
  await givenLine({ product, api }, front)
  const group = await givenGroup({ product, api }, '+12125550146', {
    name: 'Conference',
    members: { 'Ana Flores': '+13105550147', 'Ben Okafor': '+17735550148' },
  })
  await group.phone('Ben Okafor').behave('off')
  const list = async () => (await api.call(conversationEndpoints.list)).items
  const say = async (id: string, body: string, became: Record<string, number>) => {
    await api.call(messageEndpoints.send, { params: { id }, body: { body, clientKey: body } })
    const said = async () => (await api.call(messageEndpoints.list, { params: { id } })).items.at(0)
    await expect.poll(async () => (await said())?.deliveries).toMatchObject(became)
  }
  const ids = new Map<string, string>()
  for (const [name, address, says] of people) {
    const one = await product.phones.add(address, name)
    await one.text(front, says)
    await expect.poll(async () => (await list()).at(0)?.lastMessage?.preview).toBe(says)
    const { id = '' } = (await list()).at(0) ?? {}
    await api.call(conversationEndpoints.change, { params: { id }, body: { name } })
    ids.set(name, id)
  }
  const vip = await api.call(labelEndpoints.create, { body: { name: 'VIP', color: 'amber' } })
  const params = { id: ids.get('Omar Haddad') ?? '' }
  await api.call(conversationEndpoints.change, { params, body: { addLabelIds: [vip.id] } })
  const mara = ids.get('Mara Lindqvist') ?? ''
  await say(group.id, 'Lunch is ready', { delivered: 1, failed: 1 })
  await say(mara, 'Yes, behind the house.', { delivered: 1 })
  return { group, mara, waiting: (await list()).filter((one) => one.waitingSince !== null) }
})

/** Soft: the others are looked at all the same, so that all can be accepted at once. */
async function expectLook(page: Page, name: string, schemes: readonly ('light' | 'dark')[]) {
  for (const colorScheme of schemes) {
    await page.emulateMedia({ colorScheme })
    await page.mouse.move(0, 0)
    expect.soft(await newLook(page, `${name}-${colorScheme}`)).toBeUndefined()
  }
}

const settled = { reducedMotion: 'reduce', timezoneId: 'UTC' } as const

test('a busy inbox and a text being written look as they were accepted', async ({
  office,
  open,
}) => {
  const page = await open({ ...settled, path: `/c/${office.mara}` })
  await on.log(page).getByText('Delivered').waitFor()
  await on.light(page).filter({ hasText: 'Live' }).waitFor()
  await on.row(page, /Viktor Quinn/).waitFor()
  await page.getByText('None. What colleagues note').waitFor()
  await expectLook(page, 'busy-inbox', ['light', 'dark'])

  await on.box(page).fill('The first hour is free — “really”!')
  await page.getByText('Unicode').waitFor()
  await expectLook(page, 'segments', ['light'])
  const file = { name: 'parking.png', mimeType: 'image/png', buffer: Buffer.from(sunset()) }
  await page.locator('input[type=file]').setInputFiles(file)
  await page.getByText('cost extra').waitFor()
  // It is called by its name once it is up.
  await page.getByRole('list', { name: 'Attachments' }).getByText('parking.png').waitFor()
  await expectLook(page, 'attachment', ['light'])
})

test('who got a text to a group looks as it was accepted', async ({ office, open }) => {
  const page = await open({ ...settled, path: `/g/${office.group.id}` })
  await on.log(page).getByText('1 failed').click()
  await page.getByRole('list', { name: 'Recipients' }).getByText('Not delivered').waitFor()
  await page.getByRole('dialog').getByText('Delivered', { exact: true }).waitFor()
  await on.light(page).filter({ hasText: 'Live' }).waitFor()
  await expectLook(page, 'receipts', ['light'])
})

test('Home, contacts and lines look as they were accepted', async ({ office, open }) => {
  const page = await open(settled)
  await givenFigures(page, office.waiting)
  await page.goto('/home')
  await page.getByText('264').waitFor()
  await on.light(page).filter({ hasText: 'Live' }).waitFor()
  await page.getByRole('link', { name: /Viktor Quinn.*has waited/ }).waitFor()
  await expectLook(page, 'home', ['light', 'dark'])
  await page.goto('/contacts')
  await page.getByRole('list', { name: 'Contacts' }).getByText('Viktor Quinn').waitFor()
  await on.light(page).filter({ hasText: 'Live' }).waitFor()
  await expectLook(page, 'contacts', ['light'])
  await page.goto('/settings/lines')
  await page.getByText('Texts arrive.').nth(1).waitFor()
  await on.light(page).filter({ hasText: 'Live' }).waitFor()
  await expectLook(page, 'lines', ['light'])
})

test('the inbox on a phone looks as it was accepted', async ({ office, open }) => {
  const page = await open({ ...settled, viewport: phone, hasTouch: true })
  await on.row(page, /Viktor Quinn/).waitFor()
  await expectLook(page, 'phone-list', ['light'])
  await page.goto(`/c/${office.mara}`)
  await on.log(page).getByText('Delivered').waitFor()
  await expectLook(page, 'phone-thread', ['light', 'dark'])
})
