import type { Page } from 'playwright-core'
import { on } from './dashboard.ts'

const tenDaysMs = 10 * 24 * 3_600_000

/** Half a day and some minutes into the tenth day from now, when no zone changes its clocks. */
export async function pickTime(page: Page, minutes: number): Promise<void> {
  const day = new Date(Date.now() + tenDaysMs).toISOString().slice(0, 10)
  const dialog = page.getByRole('dialog', { name: /^Snooze / })
  await dialog.getByLabel('Until when?').fill(`${day}T12:${minutes}`)
  await dialog.getByRole('button', { name: 'Snooze until' }).click()
  await dialog.waitFor({ state: 'hidden' })
}

/** The first two rows, until half past two, after a time that is over was refused. */
export async function snoozeTwo(page: Page): Promise<void> {
  await on.rows(page).first().focus()
  for (const key of ['x', 'j', 'x', 'z']) await page.keyboard.press(key)
  await page.getByRole('dialog').getByRole('combobox').fill('2:30')
  await page.getByRole('option', { name: 'Pick a time…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Snooze 2 conversations' })
  await dialog.getByLabel('Until when?').fill('2020-01-01T09:00')
  await page.keyboard.press('Enter')
  await dialog.getByText('This time is over. Choose a later one.').waitFor()
  await pickTime(page, 30)
}
