import { expect } from 'vitest'
import { flaws } from '../support/axe.ts'
import { on } from '../support/dashboard.ts'
import { givenGroup } from '../support/given-product.ts'
import { scrolled, scrollToTop } from '../support/scroll.ts'
import { test } from '../support/story.ts'

test('A31 A33: history is there on opening, scrolled to its end, and stays at the end as texts come; it prints whole', async ({
  product,
  api,
  page,
}) => {
  const line = '+12125550100'
  const group = await givenGroup({ product, api }, line, {
    name: 'Choir',
    members: { Ana: '+13105550111', Ben: '+17735550112' },
  })
  const ana = group.phone('Ana')
  for (let index = 1; index <= 15; index += 1) await ana.text(line, `Verse ${index}`)
  const log = on.log(page)
  const fromEnd = async () => (await scrolled(log)).left

  await on.row(page, /Choir/).click()

  await log.getByText('Verse 1', { exact: true }).waitFor()
  await log.getByText('Verse 15', { exact: true }).waitFor()
  await expect.poll(fromEnd).toBeLessThan(2)
  for (let index = 1; index <= 5; index += 1) await ana.text(line, `Chorus ${index}`)
  await log.getByText('Chorus 5').waitFor()
  await expect.poll(fromEnd).toBeLessThan(2)
  expect((await scrolled(log)).top).toBeGreaterThan(0)

  await scrollToTop(log)
  await page.getByRole('button', { name: 'Jump to latest' }).waitFor()
  await ana.text(line, 'Amen')
  await page.getByRole('button', { name: '1 new message' }).click()
  await expect.poll(fromEnd).toBeLessThan(2)

  await on.button(page, 'Conversation menu').click()
  await page.getByRole('menuitem', { name: 'Print transcript' }).click()
  const print = on.button(page, 'Print or save as PDF')
  await print.waitFor()
  await page.getByRole('heading', { name: 'Choir' }).waitFor()
  for (const said of ['Verse 1', 'Verse 15', 'Amen']) {
    await page.getByText(said, { exact: true }).waitFor()
  }
  expect(await flaws(page)).toEqual([])
  await page.emulateMedia({ media: 'print' })
  await print.waitFor({ state: 'hidden' })
  // What is scrolled on a screen is on as many sheets as it takes.
  const sheets = (await page.pdf({ width: '100mm', height: '100mm' })).toString('latin1')
  expect(sheets.match(/\/Type \/Page\b/g)?.length).toBeGreaterThan(2)
})
