import { expect } from 'vitest'
import { on, send } from '../support/dashboard.ts'
import { givenLine } from '../support/given-product.ts'
import { test } from '../support/story.ts'

test('B2 B25 B49 B50 B51 B52 B53 D8 D18 E11 E12 E17 E24: a thread is read, answered and delivered: theirs left, ours right, time below', async ({
  product,
  api,
  open,
}) => {
  const address = '+12125550110'
  await givenLine({ product, api }, address)
  const mara = await product.phones.add('+14155550131', 'Mara')
  const page = await open({ timezoneId: 'America/New_York' })
  const row = on.row(page, /\(415\) 555-0131/)
  await mara.text(address, 'Is there parking?')
  await on.row(page, /\(415\) 555-0131.*1 unread/).waitFor()
  await expect.poll(() => page.title()).toBe('(1) Partyline')

  await row.click()
  const log = on.log(page)
  const theirs = log.locator('div[id]', { hasText: 'Is there parking?' })
  await theirs.waitFor()
  await expect.poll(() => row.getByText('unread').count()).toBe(0)
  await expect.poll(() => page.title()).toBe('(415) 555-0131 · Partyline')
  await page.locator('textarea[aria-label=Message]:focus').waitFor()
  expect(await on.box(page).getAttribute('autocomplete')).toBe('off')
  expect(await on.box(page).getAttribute('placeholder')).toMatch(/^Type /)

  expect(await on.button(page, 'Send').isDisabled()).toBe(true)
  await send(page, '   ')
  await send(page, 'Behind the house')
  await expect.poll(() => on.box(page).inputValue()).toBe('')
  const ours = log.locator('div[id]', { hasText: 'Behind the house' })
  await ours.getByText('Delivered').waitFor()
  expect(await mara.bodies()).toEqual(['Behind the house'])
  expect(await log.locator('div[id]').count()).toBe(2)

  const left = async (bubble: typeof ours, text: string) =>
    (await bubble.getByText(text).boundingBox())?.x ?? 0
  expect(await left(ours, 'Behind the house')).toBeGreaterThan(
    await left(theirs, 'Is there parking?'),
  )
  const time = theirs.locator('time')
  const local = new Date((await time.getAttribute('datetime')) ?? '').toLocaleTimeString('en-US', {
    timeZone: 'America/New_York',
    hour: 'numeric',
    minute: '2-digit',
  })
  expect(await time.textContent()).toBe(local)
})

test('B43 B44: a deep link opens the conversation of an address, or offers to start one', async ({
  product,
  api,
  open,
}) => {
  const address = '+12125550111'
  await givenLine({ product, api }, address, { name: 'Office' })
  const noah = await product.phones.add('+15125550132', 'Noah')
  await noah.text(address, 'Is it still on?')
  const page = await open()
  await on.row(page, /\(512\) 555-0132/).waitFor()

  await page.goto('/?mobile=%2B15125550132')
  await on.title(page).filter({ hasText: '(512) 555-0132' }).waitFor()
  await on.log(page).getByText('Is it still on?').waitFor()

  const eva = await product.phones.add('+16175550113', 'Eva')
  await page.goto('/?mobile=+16175550113')
  const dialog = page.getByRole('dialog', { name: 'New conversation' })
  await expect.poll(() => dialog.getByLabel('Number or contact').inputValue()).toBe('+16175550113')
  await dialog.getByLabel('First text').fill('Welcome, Eva')
  await dialog
    .getByRole('combobox', { name: 'From' })
    .selectOption({ label: 'Office · (212) 555-0111' })
  await dialog.getByRole('button', { name: 'Start and send' }).click()
  await expect.poll(eva.bodies).toEqual(['Welcome, Eva'])
})

test('B44 E7: a new conversation takes a number in any spelling, and the same one again opens the same', async ({
  product,
  api,
  page,
}) => {
  await givenLine({ product, api }, '+12125550112', { name: 'Shop' })
  async function start(to: string) {
    await on.button(page, 'New conversation').click()
    const dialog = page.getByRole('dialog', { name: 'New conversation' })
    await dialog.getByLabel('Number or contact').fill(to)
    await dialog
      .getByRole('combobox', { name: 'From' })
      .selectOption({ label: 'Shop · (212) 555-0112' })
    await dialog.getByRole('button', { name: 'Start', exact: true }).click()
    return dialog
  }

  const dialog = await start('not a number')
  await expect
    .poll(() => dialog.getByLabel('Number or contact').getAttribute('aria-invalid'))
    .toBe('true')
  await page.keyboard.press('Escape')
  await start('(305) 555-0133')
  await on.title(page).filter({ hasText: '(305) 555-0133' }).waitFor()
  const made = page.url()
  await on.row(page, /\(305\) 555-0133/).waitFor()
  expect(await on.row(page, /\(305\) 555-0133.*unread/).count()).toBe(0)
  await page.goto('/')
  await start('+1 305 555 0133')
  await expect.poll(() => page.url()).toBe(made)
  await expect.poll(() => on.row(page, /\(305\) 555-0133/).count()).toBe(1)
})

test('D12 E14: a first text is confirmed; one that is not taken says so, is kept, and goes out once when sent again', async ({
  product,
  api,
  page,
}) => {
  await givenLine({ product, api }, '+12125550188')
  const mara = await product.phones.add('+14155550189', 'Mara')
  await on.button(page, 'New conversation').click()
  const dialog = page.getByRole('dialog', { name: 'New conversation' })
  await dialog.getByLabel('Number or contact').fill('(415) 555-0189')
  await dialog.getByLabel('First text').fill('Your appointment is on Monday at 9')
  await dialog.getByRole('button', { name: 'Start and send' }).click()
  await page.getByText('Message sent', { exact: true }).waitFor()
  await on.log(page).getByText('Delivered').waitFor()

  await page.context().setOffline(true)
  await send(page, 'Bring your card')
  await page.getByRole('alert').filter({ hasText: 'Not sent.' }).waitFor()
  await expect.poll(() => on.box(page).inputValue()).toBe('Bring your card')

  await page.context().setOffline(false)
  await on.light(page).filter({ hasText: 'Live' }).waitFor()
  await on.button(page, 'Send').click()
  await expect.poll(mara.bodies).toEqual(['Your appointment is on Monday at 9', 'Bring your card'])
  expect(await on.log(page).getByText('Bring your card').count()).toBe(1)
})

test('B3: a picture that is texted is drawn in its bubble, and one that is attached reaches the phone', async ({
  product,
  api,
  page,
}) => {
  const address = '+12125550113'
  await givenLine({ product, api }, address)
  const chiara = await product.phones.add('+16175550114', 'Chiara')
  await chiara.text(address, '', [{ contentType: 'image/png', data: dot }])
  await on.row(page, /\(617\) 555-0114/).click()
  const picture = on.log(page).getByRole('img').first()
  const width = () =>
    picture.evaluate((image: unknown) => (image as { naturalWidth: number }).naturalWidth)
  await expect.poll(width).toBe(1)

  await page.locator('input[type=file]').setInputFiles({
    name: 'view.png',
    mimeType: 'image/png',
    buffer: Buffer.from(dot, 'base64'),
  })
  await page.getByRole('list', { name: 'Attachments' }).getByText('view.png').waitFor()
  await on.button(page, 'Send').click()

  await expect.poll(async () => (await chiara.received())[0]?.media.length).toBe(1)
  await expect.poll(() => on.log(page).getByRole('img').count()).toBe(2)
})

const dot =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='
