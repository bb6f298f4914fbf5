import { conversationEndpoints } from '@partyline/contracts/api/conversations'
import { sql } from 'drizzle-orm'
import { expect } from 'vitest'
import { on, send, showView } from '../support/dashboard.ts'
import { givenLine } from '../support/given-product.ts'
import { scrolled, scrollToEnd } from '../support/scroll.ts'
import { test } from '../support/story.ts'

test('B1 B23 B39 B40 B41 B43 D7 D17 E9: the list shows who wrote last first, by itself, and marks the open one', async ({
  product,
  api,
  page,
}) => {
  const address = '+12125550110'
  await givenLine({ product, api }, address)
  const mara = await product.phones.add('+14155550131', 'Mara')
  const noah = await product.phones.add('+15125550132', 'Noah')

  await page.getByText('No conversations yet').waitFor()
  await mara.text(address, 'Is there parking?')
  await on.rows(page).first().getByText('(415) 555-0131').waitFor()
  await noah.text(address, 'Is it still on?')
  await on.rows(page).first().getByText('Is it still on?').waitFor()

  await expect.poll(() => on.rows(page).count()).toBe(2)
  await on.rows(page).nth(1).click()
  await on.title(page).filter({ hasText: '(415) 555-0131' }).waitFor()
  await send(page, 'Behind the house')
  const first = on.rows(page).first()
  await first.getByText('You: Behind the house').waitFor()
  expect(await first.getAttribute('aria-current')).toBe('page')
  expect(await on.rows(page).nth(1).getAttribute('aria-current')).toBeNull()

  // What fails after its conversation was left is kept there, and nowhere else.
  const left = Promise.withResolvers<undefined>()
  await page.route('**/messages', async (route) => {
    if (route.request().method() !== 'POST') return route.continue()
    await left.promise
    return route.abort()
  })
  await send(page, 'And it is free')
  await on.rows(page).nth(1).click()
  await on.title(page).filter({ hasText: '(512) 555-0132' }).waitFor()
  left.resolve(undefined)
  await page.getByText('Not sent to (415) 555-0131.').waitFor()
  await on.row(page, /\(415\) 555-0131.*Draft: And it is free/).waitFor()
  expect(await on.box(page).inputValue()).toBe('')
})

test('B24 B35 B46 B47 B48: a closed conversation leaves the list, a text brings it back, a deleted one takes its messages along', async ({
  product,
  api,
  page,
}) => {
  const address = '+12125550111'
  const line = await givenLine({ product, api }, address)
  const omar = await product.phones.add('+16025550135', 'Omar')
  const row = on.row(page, /\(602\) 555-0135/)
  await omar.text(address, 'Can I get an invoice?')

  await row.click()
  await on.button(page, 'Close').click()
  await expect.poll(() => row.count()).toBe(0)
  await expect.poll(() => new URL(page.url()).pathname).toBe('/')
  await showView(page, 'Closed')
  await row.waitFor()
  await showView(page, 'Open')
  await omar.text(address, 'And a receipt')
  await row.getByText('And a receipt').waitFor()

  await row.click()
  await on.log(page).getByText('Can I get an invoice?').waitFor()
  await on.button(page, 'Conversation menu').click()
  await page.getByRole('menuitem', { name: 'Delete conversation' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click()
  await expect.poll(() => row.count()).toBe(0)
  await expect.poll(() => new URL(page.url()).pathname).toBe('/')
  await omar.text(address, 'Hello again')
  await row.click()
  await on.log(page).getByText('Hello again').waitFor()
  expect(await on.log(page).getByText('invoice').count()).toBe(0)
  const { items } = await api.call(conversationEndpoints.list)
  expect(items.filter((one) => one.line?.id === line.id)).toHaveLength(1)
})

test('B41 B42 B45: a row names the channel, and renaming keeps its place', async ({
  product,
  api,
  page,
}) => {
  const [sms, whatsapp] = ['+12125550112', 'whatsapp:+12125550113'] as const
  await givenLine({ product, api }, sms)
  await givenLine({ product, api }, whatsapp, { name: 'WhatsApp' })
  const ben = await product.phones.add('+17735550136', 'Ben')
  const sofia = await product.phones.add('whatsapp:+393335550134', 'Sofia')
  await sofia.text(whatsapp, 'Ciao!')
  const first = on.rows(page).first()
  await first.getByRole('img', { name: 'WhatsApp' }).waitFor()
  expect(await first.textContent()).not.toContain('whatsapp:')
  await ben.text(sms, 'Hi!')
  await first.getByText('Hi!').waitFor()
  await first.getByRole('img', { name: 'SMS' }).waitFor()

  const second = on.rows(page).nth(1)
  await second.click()
  await on.button(page, 'Rename').click()
  await page.getByRole('textbox', { name: 'Conversation title' }).fill('Sofia from Rome')
  await page.keyboard.press('Enter')

  await second.getByText('Sofia from Rome').waitFor()
  await on.title(page).filter({ hasText: 'Sofia from Rome' }).waitFor()
  expect(await first.textContent()).toContain('(773) 555-0136')
})

test('hundreds of conversations are as few elements as a screen shows, and what is read stays in its place when a text comes and after a thread on a phone', async ({
  product,
  api,
  page,
  stack,
}) => {
  const address = '+12125550206'
  const line = await givenLine({ product, api }, address, { name: 'Crowd' })
  await stack.db.execute(sql`
    with people as (
      insert into contacts (id, name) select gen_random_uuid(), 'Person ' || n
      from generate_series(1, 400) as n returning id, name
    )
    insert into conversations (id, kind, line_id, contact_id, address, last_message_at)
    select gen_random_uuid(), 'direct', ${line.id}, id,
      '+1310556' || lpad(substring(name from 8), 4, '0'),
      now() - interval '1 day' - substring(name from 8)::int * interval '1 minute'
    from people`)
  await page.goto(`/?line=${line.id}`)
  await on.rows(page).first().getByText('Person 1').waitFor()
  await expect
    .poll(async () => {
      await scrollToEnd(on.list(page))
      return (await on.rows(page).allInnerTexts()).join(' ')
    })
    .toContain('Person 400')
  expect(await on.rows(page).count()).toBeLessThan(40)

  await expect.poll(async () => (await scrolled(on.list(page))).left).toBeLessThan(2)
  const { top } = await scrolled(on.list(page))
  const texts = await on.rows(page).allInnerTexts()
  const what = /Person \d+/.exec(texts.at(Math.floor(texts.length / 2)) ?? '')?.[0] ?? ''
  const same = on.row(page, new RegExp(`${what}\\b`))
  const where = await same.boundingBox()
  await (await product.phones.add('+14155550261', 'New')).text(address, 'I am new here')
  await expect.poll(async () => (await scrolled(on.list(page))).top).toBeGreaterThan(top)
  await expect.poll(async () => (await same.boundingBox())?.y).toBe(where?.y)
  await page.setViewportSize({ width: 360, height: 740 })
  await expect.poll(async () => (await same.boundingBox())?.width).toBeGreaterThan(300)
  await same.scrollIntoViewIfNeeded()
  const left = await scrolled(on.list(page))
  await same.click()
  await on.title(page).waitFor()
  await page.goBack()
  await same.waitFor()
  await expect.poll(async () => (await scrolled(on.list(page))).top).toBe(left.top)
})
