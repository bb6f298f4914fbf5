import { sunset } from '@partyline/cli/demo/picture'
import { contactEndpoints } from '@partyline/contracts/api/contacts'
import { conversationEndpoints } from '@partyline/contracts/api/conversations'
import { labelEndpoints } from '@partyline/contracts/api/labels'
import { savedReplyEndpoints } from '@partyline/contracts/api/saved-replies'
import { tokenEndpoints, userEndpoints } from '@partyline/contracts/api/session'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { flaws, flawsInBoth, overhang } from '../support/axe.ts'
import { on } from '../support/dashboard.ts'
import { givenGroup, givenLine } from '../support/given-product.ts'
import { closeAll, layersOf, openLayer, topLayer } from '../support/layers.ts'
import { test as story } from '../support/story.ts'

type Scene = [name: string, arrange: (page: Page) => Promise<unknown>]

const longName = 'Bartholomew Featherstonehaugh-Cholmondeley'

/** A busy product: a group with a text that failed, a long word, WhatsApp, something unread. */
const test = story.extend('busy', { scope: 'file' }, async ({ product, api }) => {
  const group = await givenGroup({ product, api }, '+12125550190', {
    name: 'Conference',
    members: { Ana: '+13105550191', Ben: '+16175550197', [longName]: '+17735550192' },
  })
  await group.phone(longName).behave('off')
  await group.phone('Ana').text('+12125550190', `See https://example.com/${'a'.repeat(80)}`)
  await givenLine({ product, api }, '+12125550193')
  await givenLine({ product, api }, 'whatsapp:+12125550194', { name: 'WhatsApp' })
  const mara = await product.phones.add('+14155550195', 'Mara')
  await mara.text('+12125550193', 'Is there parking?')
  const sofia = await product.phones.add('whatsapp:+393335550196', 'Sofia')
  await sofia.text('whatsapp:+12125550194', 'Ciao!')
  const data = Buffer.from(sunset()).toString('base64')
  await mara.text('+12125550193', 'See this', [{ contentType: 'image/png', data }])
  return group
})

/** What there is to open above the pages: a contact with two numbers, a label, a colleague and more. */
const full = test.extend('cast', { scope: 'file' }, async ({ busy, api }) => {
  const ben = { email: 'ben@example.com', name: 'Ben Okafor', password: 'correct horse battery' }
  await api.call(userEndpoints.create, { body: { ...ben, role: 'agent' } })
  await api.call(labelEndpoints.create, { body: { name: 'VIP', color: 'amber' } })
  await api.call(savedReplyEndpoints.create, { body: { name: 'hours', body: '9 to 6' } })
  await api.call(tokenEndpoints.create, { body: { name: 'Nightly export' } })
  const all = async () => (await api.call(conversationEndpoints.list)).items
  const find = async () => (await all()).find(({ address }) => address === '+14155550195')
  await expect.poll(async () => (await find())?.lastMessage?.mediaCount).toBe(1)
  const { id, contact } = (await find()) ?? {}
  if (id === undefined || !contact) throw new Error('Mara’s conversation is not there')
  const params = { id: contact.id }
  await api.call(contactEndpoints.addAddress, { params, body: { phone: '+14155550299' } })
  return { thread: `/c/${id}`, contact: `/contacts/${contact.id}`, group: `/g/${busy.id}` }
})

const ready = (page: Page) => on.row(page, /\(415\) 555-0195/).waitFor()
const dialogOpen = async (page: Page, button: string) => {
  await ready(page)
  await on.button(page, button).click()
  await page.getByRole('dialog').waitFor()
}
const scenes = (groupId: string): Scene[] => [
  ['the inbox', async (page) => page.goto('/').then(() => ready(page))],
  [
    'a thread',
    async (page) => {
      await on.row(page, /\(415\) 555-0195/).click()
      await on.log(page).getByText('Is there parking?').waitFor()
    },
  ],
  [
    'a group',
    async (page) => {
      await page.goto(`/g/${groupId}`)
      await on.log(page).getByText('See https').waitFor()
      await on.log(page).getByText('failed').waitFor()
    },
  ],
  [
    'who got it',
    async (page) => {
      await on.log(page).getByText('failed').click()
      await page.getByRole('list', { name: 'Recipients' }).getByText('Not delivered').waitFor()
    },
  ],
  [
    'new conversation',
    async (page) => page.goto('/').then(() => dialogOpen(page, 'New conversation')),
  ],
  ['new group', async (page) => page.goto('/').then(() => dialogOpen(page, 'New group'))],
  [
    'lines',
    async (page) => {
      await page.goto('/settings/lines')
      await page.getByText('Texts arrive.').first().waitFor()
    },
  ],
  ...[
    ['/home', 'Typical wait for an answer'],
    ['/settings/account', 'API tokens'],
    ['/settings/texts?need=failed', 'Send again'],
    ['/settings/twilio', 'Nothing holds them up.'],
    ['/settings/webhook-log', 'Nothing was refused'],
    ['/settings/users', 'Administrator'],
    ['/settings/audit', 'Signed in'],
    ['/settings/labels', 'They mark conversations'],
    ['/settings/saved-replies', 'What is said often'],
    ['/settings/templates', 'WhatsApp templates'],
    ['/settings/dead-letters', 'No dead letters'],
    ['/nowhere', 'This page does not exist'],
  ].map(([path = '', text = '']): Scene => [
    path,
    async (page) => {
      await page.goto(path)
      await page.getByText(text).filter({ visible: true }).first().waitFor()
    },
  ]),
  [
    'contacts',
    async (page) => {
      await page.goto('/contacts')
      await page.getByRole('list', { name: 'Contacts' }).getByText('Ana').first().waitFor()
    },
  ],
  [
    'a contact',
    async (page) => {
      await on.button(page, 'New contact').click()
      await page.getByRole('dialog').waitFor()
    },
  ],
]

story('axe finds nothing on an inbox without conversations', async ({ page }) => {
  await page.getByText('No conversations yet').waitFor()

  expect(await flaws(page)).toEqual([])
})

test(
  'axe finds nothing on any page, in light and dark',
  { timeout: 120_000 },
  async ({ busy, open }) => {
    const outside = await open({ user: null })
    await on.button(outside, 'Sign in').waitFor()
    expect.soft(await flawsInBoth(outside), 'sign in').toEqual([])
    await outside.goto('/setup?token=x')
    await on.button(outside, 'Create account').waitFor()
    expect.soft(await flawsInBoth(outside), 'set up').toEqual([])

    const page = await open({ reducedMotion: 'reduce' })
    for (const [name, arrange] of scenes(busy.id)) {
      await arrange(page)
      expect.soft(await flawsInBoth(page), name).toEqual([])
    }
  },
)

full(
  'axe finds nothing in any dialog or menu, in light and dark',
  { timeout: 120_000 },
  async ({ cast, open }) => {
    const page = await open({ reducedMotion: 'reduce' })
    for (const [path, ways] of layersOf(cast)) {
      await page.goto(path)
      for (const [name, ...presses] of ways) {
        await openLayer(page, presses)
        expect.soft(await flawsInBoth(page, topLayer), name).toEqual([])
        await closeAll(page)
      }
    }
  },
)

test('at 360 px nothing is wider than the screen', async ({ busy, open }) => {
  const viewport = { width: 360, height: 740 }
  const outside = await open({ user: null, viewport })
  await on.button(outside, 'Sign in').waitFor()
  expect(await overhang(outside), 'sign in').toBe(0)

  const page = await open({ viewport })
  for (const [name, arrange] of scenes(busy.id)) {
    await arrange(page)
    expect(await overhang(page), name).toBe(0)
  }
})
