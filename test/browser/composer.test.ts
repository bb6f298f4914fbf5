import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { flaws, overhang } from '../support/axe.ts'
import { on, send, showView, undoFor } from '../support/dashboard.ts'
import { givenGroup, givenLine } from '../support/given-product.ts'
import { countPreviews, dot, giveFiles } from '../support/give-files.ts'
import { isInView, tooHigh } from '../support/scroll.ts'
import { test } from '../support/story.ts'
import { zoneAtNoon } from '../support/zone-at-noon.ts'

const conversation = (page: Page) => page.getByRole('region', { name: 'Conversation' })
const says = (page: Page, words: string | RegExp) => conversation(page).getByText(words).waitFor()

test('before a text goes to a group it says to whom, how long and for how much; for ten seconds it can be taken back', async ({
  product,
  api,
  open,
}) => {
  const group = await givenGroup({ product, api }, '+12125550400', {
    name: 'Choir',
    members: { Ana: '+13105550401', Ben: '+17735550402' },
  })
  await group.phone('Ben').text('+12125550400', 'STOP')
  const page = await open({ path: `/g/${group.id}`, viewport: { width: 360, height: 740 } })
  await says(page, '2 people: 1 now, 1 opted out')

  await on.box(page).fill('It’s on — bring “your” folders…')
  await says(page, /1 segment each · Unicode · 32 left/)
  await page.getByRole('button', { name: 'Write hyphen for long dash' }).click()
  await expect.poll(() => on.box(page).inputValue()).toBe('It’s on - bring “your” folders…')
  expect(await flaws(page)).toEqual([])
  await on.button(page, 'Replace all').click()
  await expect.poll(() => on.box(page).inputValue()).toBe('It\'s on - bring "your" folders...')
  await says(page, '1 segment each · GSM-7 · 120 left · about $0.0083')

  // A slow machine takes its time to look at all of it.
  const asked = await undoFor(page, 60)
  await on.box(page).press('Enter')
  const waiting = page.getByRole('list', { name: 'About to be sent' })
  await waiting.getByText(/Leaves in \d+ s/).waitFor()
  expect(asked).toEqual([10])
  expect(await on.box(page).inputValue()).toBe('')
  expect(await flaws(page)).toEqual([])
  expect(await overhang(page)).toBe(0)
  await waiting.getByRole('button', { name: 'Undo' }).click()
  await expect.poll(() => on.box(page).inputValue()).toContain('bring "your" folders')
  await waiting.waitFor({ state: 'detached' })

  await on.box(page).fill('Seven, not eight')
  await on.box(page).press('Enter')
  await waiting.getByRole('button', { name: 'Send now' }).click()
  await expect.poll(group.phone('Ana').bodies).toEqual(['Admin: Seven, not eight'])
  await waiting.waitFor({ state: 'detached' })
  await expect.poll(() => on.log(page).getByText('Seven, not eight').count()).toBe(1)

  // However many wait to leave, the box stays in sight, and the page has nothing to scroll.
  const count = 8
  for (let n = 1; n <= count; n += 1) await send(page, `In a hurry, number ${n}`)
  await waiting
    .getByRole('button', { name: 'Undo' })
    .nth(count - 1)
    .waitFor()
  const last = waiting.getByText(`In a hurry, number ${count}`)
  await expect.poll(() => isInView(last)).toBe(true)
  expect([await isInView(on.button(page, 'Send')), await tooHigh(page)]).toEqual([true, 0])
  expect(await flaws(page)).toEqual([])
})

test('what came while one wrote asks once; a note reaches no phone; a text waits for its time', async ({
  product,
  api,
  open,
}) => {
  const page = await open({ timezoneId: zoneAtNoon() })
  const line = await givenLine({ product, api }, '+12125550420')
  const noah = await product.phones.add('+14155550421', 'Noah')
  await noah.text(line.address, 'Is it still free?')
  await on.row(page, /Is it still free\?/).click()

  await on.box(page).fill('Yes, it is')
  await noah.text(line.address, 'Never mind, found one')
  const notice = page.getByRole('status').filter({ hasText: 'Something newer came' })
  await notice.getByText('Never mind, found one').waitFor()
  await on.box(page).press('Enter')
  await notice.getByRole('button', { name: 'Send anyway' }).waitFor()
  expect(await noah.bodies()).toEqual([])
  await notice.getByRole('button', { name: 'Read first' }).click()
  await on.box(page).fill('Glad you found one')
  await on.box(page).press('Enter')
  await expect.poll(noah.bodies).toEqual(['Glad you found one'])

  await on.box(page).press('Control+.')
  const note = page.getByRole('textbox', { name: 'Note for colleagues' })
  await note.fill('Knows the owner')
  expect(await flaws(page)).toEqual([])
  await note.press('Enter')
  await on.log(page).getByText('Knows the owner').waitFor()

  await on.box(page).fill('How did it go?')
  await on.button(page, 'Send later').click()
  await page.getByRole('menuitem', { name: /^Tomorrow/ }).click()
  const scheduled = page.getByRole('region', { name: 'Scheduled' })
  await scheduled.getByText('How did it go?').waitFor()
  await showView(page, 'Scheduled')
  await on.row(page, /A text goes out .*9:00/).waitFor()
  expect(await flaws(page)).toEqual([])
  await page.reload()
  await scheduled.getByRole('button', { name: /^Edit/ }).click()
  await expect.poll(() => on.box(page).inputValue()).toBe('How did it go?')
  await scheduled.waitFor({ state: 'detached' })
  const strip = page.getByRole('status').filter({ hasText: 'Goes out tomorrow, 9:00 AM' })
  await strip.getByRole('button', { name: 'Send now instead' }).waitFor()
  await strip.getByRole('button', { name: 'Change the time' }).waitFor()
  await on.button(page, 'Save for tomorrow, 9:00 AM').waitFor()
  expect(await flaws(page)).toEqual([])
  await page.reload()
  await scheduled.getByText('How did it go?').waitFor()
  expect(await on.box(page).inputValue()).toBe('')
  await scheduled.getByRole('button', { name: /^Edit/ }).click()
  await on.box(page).fill('How did the visit go?')
  await on.button(page, 'Save for tomorrow, 9:00 AM').click()
  await scheduled.getByText(/tomorrow, 9:00 AM/i).waitFor()
  await expect
    .poll(() => scheduled.getByRole('listitem').allInnerTexts())
    .toEqual([expect.stringContaining('How did the visit go?')])
  expect(await noah.bodies()).toEqual(['Glad you found one'])

  await scheduled.getByRole('button', { name: /^Edit/ }).click()
  await on.button(page, 'Send now instead').click()
  await expect.poll(noah.bodies).toContain('How did the visit go?')
  await strip.waitFor({ state: 'detached' })
  await scheduled.waitFor({ state: 'detached' })
  await page.getByText('Nothing scheduled').waitFor()

  await on.box(page).fill('Would you come again?')
  await on.button(page, 'Send later').click()
  await page.getByRole('menuitemcheckbox', { name: 'Cancel it if they reply first' }).click()
  expect(await flaws(page)).toEqual([])
  await page.getByRole('menuitem', { name: /^Tomorrow/ }).click()
  await scheduled.getByText('unless they reply first').waitFor()
  await noah.text(line.address, 'It was great')
  await on.log(page).getByText('they replied first').waitFor()
  await scheduled.waitFor({ state: 'detached' })
})

test('files are dropped anywhere on the thread and pasted; what no text carries is refused before it goes up', async ({
  product,
  api,
  page,
}) => {
  const line = await givenLine({ product, api }, '+12125550430')
  const chiara = await product.phones.add('+16175550431', 'Chiara')
  await chiara.text(line.address, 'Show me')
  await on.row(page, /Show me/).click()
  await on.log(page).getByText('Show me').waitFor()
  await countPreviews(page)

  await giveFiles(page, '[role=log]', 'drop', [{ name: 'view.png', type: 'image/png', data: dot }])
  const files = page.getByRole('list', { name: 'Attachments' })
  await files.getByText('view.png').waitFor()
  await giveFiles(page, 'textarea', 'paste', [
    { name: 'second.png', type: 'image/png', data: dot },
    { name: 'all.zip', type: 'application/zip', data: dot },
  ])
  await files.getByText('Not a picture, sound, video, PDF or contact card.').waitFor()
  expect(await on.button(page, 'Send').isDisabled()).toBe(true)
  expect(await flaws(page)).toEqual([])
  await on.button(page, 'Remove all.zip').click()
  await files.getByText('second.png').waitFor()
  // However often it is told how far they have gone up.
  expect(await page.evaluate('previews')).toBe(2)
  await send(page, 'Both of them')

  await expect.poll(async () => (await chiara.received())[0]?.media.length).toBe(2)
})
