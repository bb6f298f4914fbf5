import { userEndpoints } from '@partyline/contracts/api/session'
import type { CDPSession, Page } from 'playwright-core'
import { expect } from 'vitest'
import { flaws } from '../support/axe.ts'
import { on } from '../support/dashboard.ts'
import { givenLine } from '../support/given-product.ts'
import { test } from '../support/story.ts'

const ben = { email: 'ben@example.com', password: 'a long quiet morning' }
const texts = (page: Page) => on.log(page).getByText(/^Text \d$/)

test('who is here and who types is seen by a colleague in the thread and in the list, until they stop', async ({
  product,
  api,
  open,
}) => {
  await api.call(userEndpoints.create, { body: { ...ben, name: 'Ben', role: 'agent' } })
  const address = '+12125550301'
  await givenLine({ product, api }, address)
  await (await product.phones.add('+14155550311', 'Mara')).text(address, 'Anybody?')
  const [mine, his] = await Promise.all([open(), open({ user: ben })])
  await on.row(his, /\(415\) 555-0311/).click()

  await on.row(mine, /\(415\) 555-0311.*Ben here/).click()
  await mine.getByText('Ben is here too').waitFor()
  const section = mine.getByRole('region', { name: 'Conversation' })
  // It is told for a few seconds: looked for in both places at once.
  await Promise.all([
    section.getByText('Ben is typing…').waitFor(),
    on.row(mine, /Ben is typing…/).waitFor(),
    on.box(his).pressSequentially('Hold on'),
  ])
  expect(await flaws(mine)).toEqual([])

  await on.box(his).fill('')
  await mine.getByText('Ben is here too').waitFor()
  await his.close()
  await expect.poll(() => mine.getByText('Ben is here too').count()).toBe(0)
})

test('B54: a text makes a sound and a notice where they are turned on, in one window, not of the conversation that is looked at', async ({
  product,
  api,
  open,
}) => {
  const address = '+12125550302'
  await givenLine({ product, api }, address, { name: 'Desk' })
  const mara = await product.phones.add('+14155550321', 'Mara')
  const page = await open({ permissions: ['notifications'] })
  const other = await page.context().newPage()
  for (const window of [page, other]) {
    // What the browser itself would show and play, written down.
    await window.addInitScript(`
      window.heard = []
      const Shown = window.Notification
      window.Notification = class extends Shown {
        constructor(title, options) { super(title, options); window.heard.push(title) }
      }
      const play = OscillatorNode.prototype.start
      OscillatorNode.prototype.start = function (at) { window.heard.push('tone'); play.call(this, at) }
    `)
  }
  await page.reload()
  await other.goto('/')
  const heard = async (window: Page) => window.evaluate<string[]>('window.heard')
  await page.bringToFront()
  await on.button(page, 'Account').click()
  await page.getByRole('menuitem', { name: 'Notifications' }).click()
  const dialog = page.getByRole('dialog', { name: 'Notifications' })
  await dialog.getByRole('switch', { name: 'Desktop notifications' }).check()
  await dialog.getByRole('switch', { name: 'Sounds' }).check()
  expect(await flaws(page)).toEqual([])
  await page.keyboard.press('Escape')
  const before = (await heard(page)).length

  await mara.text(address, 'First')
  const all = async () => [...(await heard(page)).slice(before), ...(await heard(other))]
  await expect
    .poll(async () => (await all()).toSorted())
    .toEqual(['(415) 555-0321', 'tone', 'tone'])
  await on.row(page, /\(415\) 555-0321/).click()
  await on.log(page).getByText('First').waitFor()
  await mara.text(address, 'Second')
  await on.log(page).getByText('Second').waitFor()
  await expect.poll(async () => (await all()).filter((it) => it === 'tone').length).toBe(4)
  expect((await all()).filter((it) => it !== 'tone')).toEqual(['(415) 555-0321'])
})

test('a laptop that slept while its connection was cut without a word has every text once, in order, when it wakes', async ({
  product,
  api,
  page,
}) => {
  const address = '+12125550303'
  await givenLine({ product, api }, address, { name: 'Sleep' })
  const mara = await product.phones.add('+14155550331', 'Mara')
  await mara.text(address, 'Text 0')
  await on.row(page, /\(415\) 555-0331/).click()
  await texts(page).waitFor()
  await on.light(page).filter({ hasText: 'Live' }).waitFor()

  const devtools = await page.context().newCDPSession(page)
  const sleep = await fallAsleep(devtools)
  for (const number of [1, 2, 3]) await mara.text(address, `Text ${number}`)
  await sleep.end()

  await expect
    .poll(() => texts(page).allInnerTexts())
    .toEqual(['Text 0', 'Text 1', 'Text 2', 'Text 3'])
  await on.light(page).filter({ hasText: 'Live' }).waitFor()
  await mara.text(address, 'Text 4')
  await expect.poll(() => texts(page).count()).toBe(5)
})

/** The page stands still and nothing of the network reaches it, with no sign that it is so. */
async function fallAsleep(devtools: CDPSession) {
  await devtools.send('Network.enable')
  const network = { latency: 0, downloadThroughput: -1, uploadThroughput: -1 }
  await devtools.send('Page.setWebLifecycleState', { state: 'frozen' })
  await devtools.send('Network.emulateNetworkConditions', { ...network, offline: true })
  return {
    async end() {
      await devtools.send('Network.emulateNetworkConditions', { ...network, offline: false })
      await devtools.send('Page.setWebLifecycleState', { state: 'active' })
    },
  }
}
