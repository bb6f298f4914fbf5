import AxeBuilder from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { launchBrowser } from '../support/browser.ts'
import {
  line,
  person,
  test as base,
  type Running,
} from '../integration/simulator/running-simulator.ts'

const dot =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='

async function openPhones({ simulator }: Running, page: Page): Promise<void> {
  await page.goto(`${simulator.apiUrl}/simulator`)
  await page.getByText('Live', { exact: true }).waitFor()
}

const phoneOf = (page: Page, name: string) => page.getByRole('region', { name: `Phone of ${name}` })

const test = base.extend<{ page: Page }>({
  page: async ({}, use) => {
    await using browser = await launchBrowser()
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 } })
    await use(await context.newPage())
  },
})

test('a phone is added, texts a line as text, gets an answer live and is removed', async ({
  running,
  page,
}) => {
  await openPhones(running, page)

  await page.getByRole('button', { name: 'Add phone' }).click()
  const dialog = page.getByRole('dialog', { name: 'Add phone' })
  await dialog.getByLabel('Name').fill('Ana')
  await dialog.getByLabel('Number').fill('(212) 555-0142')
  await dialog.getByRole('button', { name: 'Add phone' }).click()
  const ana = phoneOf(page, 'Ana')
  await ana.getByRole('textbox', { name: 'Message' }).fill('<b>Hi</b>')
  await page.keyboard.press('Enter')
  await ana.getByText('<b>Hi</b>').waitFor()
  await expect
    .poll(() => running.hub.received[0]?.form)
    .toMatchObject({ From: person, To: line, Body: '<b>Hi</b>' })

  await running.client.messages.create({ to: person, from: line, body: 'Hello Ana' })
  await ana.getByText('Hello Ana').waitFor()

  await ana.getByRole('button', { name: 'Options for Ana' }).click()
  await page.getByRole('button', { name: 'Remove phone' }).click()
  await ana.waitFor({ state: 'detached' })
})

test('a picture is attached, sent and shown', async ({ running, page }) => {
  running.simulator.addPhone({ address: person, name: 'Ana' })
  await openPhones(running, page)
  const ana = phoneOf(page, 'Ana')

  await ana.locator('input[type=file]').setInputFiles({
    name: 'dot.png',
    mimeType: 'image/png',
    buffer: Buffer.from(dot, 'base64'),
  })
  await ana.getByRole('button', { name: 'Send' }).click()

  await ana.getByRole('img', { name: 'Picture' }).waitFor()
  await expect.poll(() => running.hub.received[0]?.form).toMatchObject({ NumMedia: '1', Body: '' })
})

test('a number that is taken is said so, and the dialog stays', async ({ running, page }) => {
  running.simulator.addPhone({ address: person, name: 'Ana' })
  await openPhones(running, page)

  await page.getByRole('button', { name: 'Add phone' }).click()
  const dialog = page.getByRole('dialog', { name: 'Add phone' })
  await dialog.getByLabel('Name').fill('Ben')
  await dialog.getByLabel('Number').fill('212-555-0142')
  await page.keyboard.press('Enter')

  await dialog.getByText('There is already a phone with this number.').waitFor()
})

test('a refused webhook shows on the phone that sent it', async ({ running, page }) => {
  running.hub.answer = () => ({ status: 403 })
  running.simulator.addPhone({ address: person, name: 'Ana' })
  await openPhones(running, page)
  const ana = phoneOf(page, 'Ana')

  await ana.getByRole('textbox', { name: 'Message' }).fill('Hi')
  await ana.getByRole('button', { name: 'Send' }).click()

  await ana.getByText('webhook failed: 403').waitFor()
})

test('a text on another line waits with a count until that line is chosen', async ({
  running,
  page,
}) => {
  const second = '+15558675312'
  running.simulator.addNumber({ address: second, name: 'Front desk' })
  running.simulator.addPhone({ address: person, name: 'Ana' })
  await openPhones(running, page)
  const ana = phoneOf(page, 'Ana')

  await running.client.messages.create({ to: person, from: second, body: 'Your badge is here' })
  await ana.getByRole('button', { name: 'Front desk 1' }).click()

  await ana.getByText('Your badge is here').waitFor()
  await ana.getByRole('button', { name: 'Front desk', exact: true }).waitFor()
})

test.for(['light', 'dark'] as const)(
  'the page has no accessibility faults in %s',
  async (scheme, { running, page }) => {
    running.simulator.addPhone({ address: person, name: 'Ana' })
    await running.simulator.text({ from: person, to: line, body: 'STOP' })
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' })
    await openPhones(running, page)

    const { violations } = await new AxeBuilder({ page }).analyze()

    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([])
  },
)

test('at 360 px nothing is wider than the screen', async ({ running, page }) => {
  running.simulator.addPhone({ address: `whatsapp:${person}`, name: 'A very long name, really' })
  await page.setViewportSize({ width: 360, height: 740 })
  await openPhones(running, page)

  const width = await page.evaluate('document.documentElement.scrollWidth')

  expect(width).toBe(360)
})
