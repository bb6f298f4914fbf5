import type { Page } from 'playwright-core'
import { on } from '../support/dashboard.ts'

export interface Press {
  what: string
  /** What is to be there before, which is not measured. */
  ready?: (page: Page) => Promise<unknown>
  press: (page: Page) => Promise<unknown>
  /** When the screen shows all of it. */
  shown?: (page: Page) => Promise<unknown>
}

const search = (page: Page) =>
  page.getByRole('searchbox', { name: 'Search names, numbers and messages' })
const view = (page: Page, name: RegExp) =>
  page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name })
const palette = (page: Page) => page.getByRole('dialog').getByRole('combobox')

/** What people do all day. */
export const presses = (longThread: string, crowd: string): Press[] => [
  {
    what: 'open a conversation',
    ready: (page) => page.goto('/').then(() => on.rows(page).nth(8).waitFor()),
    press: (page) => on.rows(page).nth(2).click(),
    shown: (page) => on.log(page).locator('p, [dir]').first().waitFor(),
  },
  {
    what: 'go to another conversation',
    press: (page) => on.rows(page).nth(4).click(),
    shown: (page) => on.log(page).locator('p, [dir]').first().waitFor(),
  },
  {
    what: 'type a letter into the composer',
    ready: (page) => on.box(page).click(),
    press: (page) => page.keyboard.press('h'),
  },
  {
    what: 'type a letter into the composer of a thread of 50,000',
    ready: async (page) => {
      await page.goto(longThread)
      await on.log(page).locator('p, [dir]').first().waitFor()
      await on.box(page).click()
    },
    press: (page) => page.keyboard.press('h'),
  },
  {
    what: 'type a letter into the composer of a group of 2,000',
    ready: async (page) => {
      await page.goto(crowd)
      await on.log(page).locator('p, [dir]').first().waitFor()
      await on.box(page).click()
    },
    press: (page) => page.keyboard.press('h'),
  },
  {
    what: 'change the view to unread',
    ready: (page) => page.goto('/').then(() => on.rows(page).nth(8).waitFor()),
    press: (page) => view(page, /^Unread/).click(),
    shown: (page) => on.rows(page).first().waitFor(),
  },
  {
    what: 'change the view to mine',
    press: (page) => view(page, /^Mine/).click(),
    shown: (page) => on.rows(page).first().waitFor(),
  },
  {
    what: 'open the filter',
    press: (page) => on.button(page, 'Filter by channel, line or label').click(),
    shown: (page) => page.getByRole('menu').waitFor(),
  },
  {
    what: 'type a letter into the search',
    ready: (page) => page.goto('/').then(() => search(page).click()),
    press: (page) => page.keyboard.press('m'),
  },
  {
    what: 'type the letters after it',
    press: async (page) => {
      for (const letter of 'abel') await page.keyboard.press(letter)
    },
    shown: (page) => page.getByText('Mabel Longfellow').first().waitFor(),
  },
  {
    what: 'open ⌘K',
    ready: (page) => page.goto('/').then(() => on.rows(page).nth(8).waitFor()),
    press: (page) => page.keyboard.press('ControlOrMeta+k'),
    shown: (page) => palette(page).waitFor(),
  },
  { what: 'type a letter into ⌘K', press: (page) => page.keyboard.press('m') },
]
