import { pushSubscriptions } from '@partyline/db/schema/push'
import type { CDPSession, Page, Worker } from 'playwright-core'
import { expect } from 'vitest'
import { flaws } from '../support/axe.ts'
import { on } from '../support/dashboard.ts'
import { givenLine } from '../support/given-product.ts'
import { runPushService } from '../support/push-service.ts'
import { test as story } from '../support/story.ts'

const test = story
  .extend('service', { scope: 'file' }, async ({}, { onCleanup }) => {
    const service = await runPushService()
    onCleanup(() => void service[Symbol.dispose]())
    return service
  })
  .override('env', { scope: 'file' }, ({ service }) => ({ PUSH_HOSTS: service.origin }))

const desk = '+12125550311'

async function openSwitch(page: Page) {
  await on.button(page, 'Account').click()
  await page.getByRole('menuitem', { name: 'Notifications' }).click()
  const dialog = page.getByRole('dialog', { name: 'Notifications' })
  const closed = dialog.getByRole('switch', { name: 'Also when Partyline is closed' })
  return { dialog, closed }
}

/** What its push service would do for this browser, which has none here. */
async function takePlaceOfService(page: Page, subscription: object): Promise<void> {
  await page.evaluate(`PushManager.prototype.subscribe = async () => ({
    toJSON: () => (${JSON.stringify(subscription)}) })`)
}

/** Delivers to the service worker of this page, as the browser does when something was pushed. */
async function createDelivery(devtools: CDPSession, origin: string) {
  const registered = new Promise<string>((resolve) => {
    devtools.on('ServiceWorker.workerRegistrationUpdated', ({ registrations: [found] }) => {
      if (found) resolve(found.registrationId)
    })
  })
  await devtools.send('ServiceWorker.enable')
  const registrationId = await registered
  return (notice: object) =>
    devtools.send('ServiceWorker.deliverPushMessage', {
      ...{ origin, registrationId, data: JSON.stringify(notice) },
    })
}

const shownBy = (worker: Worker) => () =>
  worker.evaluate<string[]>(`registration.getNotifications().then((all) =>
    all.map(({ title, body, renotify }) => [title, body, renotify].join(' | ')))`)

test('row 24: a text is told to a browser with Partyline closed, once, and leads to its conversation', async ({
  product,
  api,
  open,
  service,
  stack,
}) => {
  await givenLine({ product, api }, desk, { name: 'Desk' })
  const mara = await product.phones.add('+14155550341', 'Mara')
  const page = await open({ permissions: ['notifications'] })
  await takePlaceOfService(page, service.subscription('hers'))
  const working = page.context().waitForEvent('serviceworker')
  const { closed } = await openSwitch(page)
  await closed.check()
  // Shown as on before it is.
  await expect.poll(() => stack.db.$count(pushSubscriptions)).toBe(1)
  const worker = await working
  const shown = shownBy(worker)
  await mara.text(desk, 'Are you open?')
  await expect.poll(() => service.heard.length).toBe(1)
  const notice = service.heard[0]?.notice

  // Of the same address, and no dashboard.
  const phones = await page.context().newPage()
  await phones.goto('/simulator')
  const deliver = await createDelivery(await phones.context().newCDPSession(phones), product.url)
  // So that the window is not gone before it is looked for.
  await worker.evaluate(`{
    const find = clients.matchAll.bind(clients)
    clients.matchAll = (which) => find(which).finally(() => (self.looked = true))
  }`)
  await deliver({ ...notice, id: 'another', name: 'Seen already' })
  await expect.poll(() => worker.evaluate('self.looked')).toBe(true)
  await page.close()
  await deliver({ ...notice })
  await expect.poll(shown).toEqual(['(415) 555-0341 | Are you open? | true'])
  await deliver({ ...notice })
  await expect.poll(shown).toEqual(['(415) 555-0341 | Are you open? | false'])

  const again = await phones.context().newPage()
  await again.goto('/')
  await on.row(again, /\(415\) 555-0341/).waitFor()
  await worker.evaluate(`registration.getNotifications().then(([notification]) => {
    dispatchEvent(new NotificationEvent('notificationclick', { notification }))
  })`)
  await on.log(again).getByText('Are you open?').waitFor()
  expect(await shown()).toEqual([])

  const left = await openSwitch(again)
  await left.closed.uncheck()
  await expect.poll(() => stack.db.$count(pushSubscriptions)).toBe(0)
  expect(service.heard).toHaveLength(1)
})

test('row 24: where the push service of the browser cannot be reached that is said, and nothing stays on', async ({
  open,
}) => {
  const page = await open({ permissions: ['notifications'] })
  const { dialog, closed } = await openSwitch(page)

  await closed.click()

  await dialog.getByRole('status').filter({ hasText: 'could not be reached' }).waitFor()
  expect(await closed.isChecked()).toBe(false)
  expect(await flaws(page)).toEqual([])
  const workers = 'navigator.serviceWorker.getRegistrations().then(({ length }) => length)'
  expect(await page.evaluate(workers)).toBe(0)
})
