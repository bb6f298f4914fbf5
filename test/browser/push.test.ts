import type { PushNotice } from '@partyline/contracts/api/push'
import { expect } from 'vitest'
import { flaws } from '../support/axe.ts'
import { on } from '../support/dashboard.ts'
import { givenLine } from '../support/given-product.ts'
import { test } from '../support/story.ts'

const desk = '+12125550311'

test('row 24: a text that is pushed is shown once while no dashboard is seen, and leads to its conversation', async ({
  product,
  api,
  open,
}) => {
  await givenLine({ product, api }, desk, { name: 'Desk' })
  const mara = await product.phones.add('+14155550341', 'Mara')
  await mara.text(desk, 'Are you open?')
  const page = await open({ permissions: ['notifications'] })
  await on.row(page, /\(415\) 555-0341/).click()
  await on.log(page).getByText('Are you open?').waitFor()
  const { pathname } = new URL(page.url())
  const notice = (id: string, preview: string): PushNotice => ({
    ...{ id: pathname.slice(3), kind: 'direct', name: 'Mara' },
    lastMessage: { id, preview, direction: 'inbound', authorName: '', mediaCount: 0, failed: 0 },
  })

  // Of the same address, and no dashboard.
  const phones = await page.context().newPage()
  await phones.goto('/simulator')
  const devtools = await phones.context().newCDPSession(phones)
  const registered = new Promise<string>((resolve) => {
    devtools.on('ServiceWorker.workerRegistrationUpdated', ({ registrations: [found] }) => {
      if (found) resolve(found.registrationId)
    })
  })
  await devtools.send('ServiceWorker.enable')
  const working = page.context().waitForEvent('serviceworker')
  await page.evaluate(`navigator.serviceWorker.register('/service-worker.js')
    .then(() => navigator.serviceWorker.ready).then(() => undefined)`)
  const worker = await working
  const registrationId = await registered
  const push = async (given: PushNotice) =>
    devtools.send('ServiceWorker.deliverPushMessage', {
      ...{ origin: product.url, registrationId, data: JSON.stringify(given) },
    })
  const shown = () =>
    worker.evaluate<string[]>(`registration.getNotifications().then((all) =>
      all.map(({ title, body, tag, renotify }) => [title, body, tag, renotify].join(' | ')))`)

  // So that the window is not gone before it is looked for.
  await worker.evaluate(`{
    const find = clients.matchAll.bind(clients)
    clients.matchAll = (which) => find(which).finally(() => (self.looked = true))
  }`)
  await push({ ...notice('1', 'Seen already'), id: 'another' })
  await expect.poll(() => worker.evaluate('self.looked')).toBe(true)
  await page.close()
  await push(notice('2', 'Hello?'))
  const { id } = notice('2', '')
  await expect.poll(shown).toEqual([`Mara | Hello? | ${id} | true`])
  await push(notice('2', 'Hello?'))
  await expect.poll(shown).toEqual([`Mara | Hello? | ${id} | false`])

  const again = await phones.context().newPage()
  await again.goto('/')
  await on.row(again, /\(415\) 555-0341/).waitFor()
  await worker.evaluate(`registration.getNotifications().then(([notification]) => {
    dispatchEvent(new NotificationEvent('notificationclick', { notification }))
  })`)
  await expect.poll(() => new URL(again.url()).pathname).toBe(pathname)
  await expect.poll(shown).toEqual([])
})

test('row 24: where the push service of the browser cannot be reached that is said, and nothing stays on', async ({
  open,
}) => {
  const page = await open({ permissions: ['notifications'] })
  await on.button(page, 'Account').click()
  await page.getByRole('menuitem', { name: 'Notifications' }).click()
  const dialog = page.getByRole('dialog', { name: 'Notifications' })
  const closed = dialog.getByRole('switch', { name: 'Also when Partyline is closed' })

  await closed.click()

  await dialog.getByRole('status').filter({ hasText: 'could not be reached' }).waitFor()
  expect(await closed.isChecked()).toBe(false)
  expect(await flaws(page)).toEqual([])
  const workers = 'navigator.serviceWorker.getRegistrations().then(({ length }) => length)'
  expect(await page.evaluate(workers)).toBe(0)
})
