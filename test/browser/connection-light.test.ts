import { messageEndpoints } from '@partyline/contracts/api/messages'
import { expect, inject } from 'vitest'
import { on } from '../support/dashboard.ts'
import { givenLine } from '../support/given-product.ts'
import { runProduct } from '../support/run-product.ts'
import { test } from '../support/story.ts'
import { openWindow } from '../support/window.ts'

const address = '+12125550170'

test('B9: a window that was offline says so, and then has every text once, in order', async ({
  product,
  api,
  page,
}) => {
  await givenLine({ product, api }, address)
  const mara = await product.phones.add('+14155550171', 'Mara')
  await mara.text(address, 'Before')
  const light = on.light(page)
  await light.filter({ hasText: 'Live' }).waitFor()
  await on.row(page, /\(415\) 555-0171/).click()
  await on.log(page).getByText('Before').waitFor()

  const id = new URL(page.url()).pathname.slice('/c/'.length)
  const meanwhile = ['Meanwhile 1', 'Meanwhile 2', 'Meanwhile 3']

  await page.context().setOffline(true)
  await light.filter({ hasText: 'Offline' }).waitFor()
  for (const body of meanwhile) await mara.text(address, body)
  const kept = async () => (await api.call(messageEndpoints.list, { params: { id } })).items
  // The webhook was answered when the text was durable; it is in the conversation a moment later.
  await expect
    .poll(async () => (await kept()).map(({ body }) => body).reverse())
    .toEqual(['Before', ...meanwhile])
  expect(
    await on
      .log(page)
      .getByText(/Meanwhile/)
      .count(),
  ).toBe(0)

  await page.context().setOffline(false)
  await light.filter({ hasText: 'Live' }).waitFor()
  await expect
    .poll(() =>
      on
        .log(page)
        .getByText(/^(Before|Meanwhile \d)$/)
        .allInnerTexts(),
    )
    .toEqual(['Before', ...meanwhile])
  await mara.text(address, 'After')
  await on.log(page).getByText('After').waitFor()
  expect(
    await on
      .log(page)
      .getByText(/Meanwhile/)
      .count(),
  ).toBe(3)
})

test('B9: where no socket gets through it says so with the way out, and texts arrive all the same', async ({
  product,
  browser,
  api,
}) => {
  await givenLine({ product, api }, '+12125550178')
  const noah = await product.phones.add('+15125550179', 'Noah')
  await using window = await openWindow(browser, product.url)
  const { page } = window
  await on.light(page).filter({ hasText: 'Live' }).waitFor()
  await page.routeWebSocket(/socket\.io/, (socket) => void socket.close())
  await page.reload()
  await page
    .getByRole('status')
    .filter({ hasText: /^Live by polling$/ })
    .waitFor()

  await noah.text('+12125550178', 'By hand')
  await on.row(page, /\(512\) 555-0179/).waitFor()
  await page.getByRole('link', { name: 'Why it polls' }).hover()
  await page.getByText('Settings > Connection says why').waitFor()
})

test('B9: a server that goes away is seen as Reconnecting, and a new one is joined by itself, without signing in again', async ({
  stack,
  browser,
}) => {
  const folder = { webFolder: inject('webFolder') }
  const first = await runProduct(stack, folder)
  const { port } = new URL(first.url)
  const api = await first.signIn()
  const { address: line } = await givenLine({ product: first, api }, '+12125550172')
  const noah = await first.phones.add('+15125550173', 'Noah')
  await noah.text(line, 'Before')
  await using window = await openWindow(browser, first.url)
  const { page } = window
  await on.row(page, /\(512\) 555-0173/).click()
  await on.log(page).getByText('Before').waitFor()
  await on.light(page).filter({ hasText: 'Live' }).waitFor()
  await first[Symbol.asyncDispose]()
  await on.light(page).filter({ hasText: 'Reconnecting' }).waitFor()
  await using again = await runProduct(stack, { ...folder, env: { PORT: port } })
  expect(again.url).toBe(first.url)
  await noah.text(line, 'While you were away')

  await on.light(page).filter({ hasText: 'Live' }).waitFor()
  await on.log(page).getByText('While you were away').waitFor()
  expect(await on.log(page).getByText('Before').count()).toBe(1)
})
