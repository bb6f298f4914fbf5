import { conversationEndpoints } from '@partyline/contracts/api/conversations'
import { sql } from 'drizzle-orm'
import type { Locator } from 'playwright-core'
import { expect } from 'vitest'
import { flaws, overhang } from '../support/axe.ts'
import { on, send } from '../support/dashboard.ts'
import { givenLine } from '../support/given-product.ts'
import { hurryBelowLog, scrolled, scrollToTop, tooHigh } from '../support/scroll.ts'
import { test } from '../support/story.ts'

/** How far below the log's upper edge a text stands. */
async function offsetOf(log: Locator, text: string): Promise<number> {
  const [row, box] = await Promise.all([
    log.getByText(text, { exact: true }).boundingBox(),
    log.boundingBox(),
  ])
  return Math.round((row?.y ?? NaN) - (box?.y ?? NaN))
}

test('a thread of 4,000 texts opens at its end, is read upwards without a jump in a page that stays small, and back', async ({
  product,
  api,
  stack,
  open,
}) => {
  const address = '+12125550250'
  const line = await givenLine({ product, api }, address)
  const mara = await product.phones.add('+14155550251', 'Mara')
  const { id } = await api.call(conversationEndpoints.create, {
    body: { lineId: line.id, address: mara.address },
  })
  await stack.db.execute(sql`
    insert into messages (conversation_id, seq, direction, author_kind, author_name, body, created_at)
    select ${id}, seq, 'inbound', 'contact', 'Mara', 'Text ' || seq,
      now() - (4001 - seq) * interval '10 minutes'
    from generate_series(1, 4000) as seq
  `)
  await stack.db.execute(sql`
    update conversations set last_seq = 4000, inbound_count = 4000, read_count = 3997
    where id = ${id}
  `)
  const page = await open({ path: `/c/${id}` })
  const log = on.log(page)
  const rows = log.locator('[data-seq]')
  await log.getByText('Text 4000', { exact: true }).waitFor()
  await log.getByText('3 new messages', { exact: true }).waitFor()
  await expect.poll(async () => (await scrolled(log)).left).toBeLessThan(2)

  // Up by some pages: what is read stays where it is while older texts come in above it.
  await expect
    .poll(async () => {
      await scrollToTop(log)
      return log.getByText('Text 3600', { exact: true }).count()
    })
    .toBe(1)
  await log.getByText('Text 3600', { exact: true }).scrollIntoViewIfNeeded()
  // Until there is enough above it to scroll up by.
  await expect.poll(async () => (await scrolled(log)).top).toBeGreaterThan(400)
  const before = await offsetOf(log, 'Text 3600')
  await log.evaluate((element: unknown) => {
    ;(element as { scrollTop: number }).scrollTop -= 200
  })
  await expect.poll(() => offsetOf(log, 'Text 3600')).toBe(before + 200)
  expect(await rows.count()).toBeLessThanOrEqual(400)
  await mara.text(address, 'Are you there?')
  await page.getByRole('button', { name: '1 new message' }).click()
  await log.getByText('Are you there?', { exact: true }).waitFor()
  await expect.poll(async () => (await scrolled(log)).left).toBeLessThan(2)
  expect(await tooHigh(page)).toBe(0)
  // What stands below it shrinks and grows in one go, as the box and what waits do: nobody went up.
  expect(await hurryBelowLog(page)).toBe(0)

  // A link leads to its place, with what was said around it, and sending leads back to the end.
  await page.goto(`/c/${id}?message=1500`)
  await log.getByText('Text 1500', { exact: true }).waitFor()
  await expect.poll(() => offsetOf(log, 'Text 1500')).toBeGreaterThan(100)
  await log.getByText('Text 1503', { exact: true }).waitFor()
  await send(page, 'Here I am')
  await log.getByText('Here I am', { exact: true }).waitFor()
  await expect.poll(async () => (await scrolled(log)).left).toBeLessThan(2)
  await expect.poll(mara.bodies).toContain('Here I am')

  // Whoever comes back finds the place that they left.
  const jump = page.getByRole('button', { name: 'Jump to latest' })
  await expect
    .poll(async () => {
      await log.evaluate((element: unknown) => {
        const box = element as { scrollTop: number; scrollHeight: number; clientHeight: number }
        box.scrollTop = box.scrollHeight - box.clientHeight - 700
      })
      return jump.isVisible()
    })
    .toBe(true)
  const place = (await scrolled(log)).left
  await page.getByRole('link', { name: 'Contacts', exact: true }).click()
  await log.waitFor({ state: 'detached' })
  await page.goBack()
  await log.getByText('Text 4000', { exact: true }).waitFor()
  await expect.poll(async () => Math.abs((await scrolled(log)).left - place)).toBeLessThanOrEqual(4)
})

test('notes, events, a place, a card and a text that failed are told apart, also on a phone at night', async ({
  product,
  api,
  stack,
  open,
}) => {
  const address = '+12125550255'
  const line = await givenLine({ product, api }, address)
  const noah = await product.phones.add('+14155550256', 'Noah')
  const { id } = await api.call(conversationEndpoints.create, {
    body: { lineId: line.id, address: noah.address },
  })
  await noah.behave('off')
  const page = await open({ path: `/c/${id}` })
  await send(page, 'Doors open at six')
  const failed = on.log(page).locator('div[id]', { hasText: 'Doors open at six' })
  await failed.getByRole('button', { name: 'Not delivered' }).click()
  const passport = page.getByRole('dialog', { name: 'What happened to it' })
  for (const step of ['In the conversation', 'Addressed', 'Taken up for sending']) {
    await passport.getByText(step, { exact: true }).waitFor()
  }
  await passport.getByText('Twilio took it').waitFor()
  await passport.getByText('Twilio says: undelivered').waitFor()
  await passport.getByText('30003: The phone is switched off').waitFor()
  expect(await flaws(page)).toEqual([])
  await page.keyboard.press('Escape')

  const { seq } = await stack.db
    .execute<{ seq: number }>(
      sql`update conversations set last_seq = last_seq + 4 where id = ${id} returning last_seq::int as seq`,
    )
    .then(([row]) => row ?? { seq: 0 })
  await stack.db.execute(sql`
    insert into messages (conversation_id, seq, kind, direction, author_kind, author_name, body, details)
    values (${id}, ${seq - 3}, 'note', 'outbound', 'user', 'Ben', 'He called twice', null),
      (${id}, ${seq - 2}, 'event', 'outbound', 'user', 'Ben', 'closed this conversation', null),
      (${id}, ${seq - 1}, 'text', 'inbound', 'contact', 'Noah', '👍', null),
      (${id}, ${seq}, 'text', 'inbound', 'contact', 'Noah', '',
        '{"location": {"latitude": "40.7", "longitude": "-74", "label": "Pier 17", "address": null}}')
  `)
  const small = await open({
    ...{ path: `/c/${id}`, viewport: { width: 360, height: 720 }, colorScheme: 'dark' },
  })
  const log = on.log(small)
  await log.getByText('Only colleagues see this', { exact: true }).waitFor()
  await log.getByText('Ben closed this conversation').waitFor()
  const map = log.getByRole('link', { name: /Pier 17/ })
  expect(await map.getAttribute('href')).toContain('openstreetmap.org/?mlat=40.7&mlon=-74')
  expect(await flaws(small)).toEqual([])
  expect(await overhang(small)).toBe(0)
})
