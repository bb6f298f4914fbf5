import type { Page } from 'playwright-core'
import { on } from '../support/dashboard.ts'

export interface Shot {
  name: string
  width: number
  height: number
  theme: 'light' | 'dark'
  path: string
  /** Brings the page to where the picture is taken; what it gives is cut out. */
  show: (page: Page) => Promise<Cut | undefined>
}
interface Cut {
  x: number
  y: number
  width: number
  height: number
}

const wide = { width: 1280, height: 800, theme: 'light', path: '/' } as const
const phone = { width: 390, height: 780, theme: 'light', path: '/' } as const

/** Of the demo that a first start plays. */
export const demoShots: Shot[] = [
  {
    ...wide,
    name: 'thread-light',
    async show(page) {
      await openGroup(page)
      await on.members(page).filter({ hasText: 'Dev Patel' }).waitFor()
      return undefined
    },
  },
  {
    ...wide,
    ...{ name: 'palette', theme: 'dark' },
    async show(page) {
      await openGroup(page)
      await page.keyboard.press('ControlOrMeta+k')
      await page.getByRole('dialog').getByRole('option', { name: 'Snooze…' }).waitFor()
      return undefined
    },
  },
  { ...phone, name: 'list-phone', show: list },
  { ...phone, name: 'thread-phone', show: openGroup },
  { ...wide, name: 'settings', path: '/settings/lines', show: lines },
  {
    ...wide,
    ...{ name: 'phones', path: '/simulator' },
    async show(page) {
      await page.getByRole('region', { name: /^Phone of Ana/ }).waitFor()
      return undefined
    },
  },
  { ...wide, name: 'composer', show: write },
]

/** Of a seeded office: a day-old demo has nothing to draw. */
export const officeShots: Shot[] = [
  {
    ...wide,
    ...{ name: 'home', path: '/home?range=30' },
    async show(page) {
      await page.getByRole('slider', { name: 'Texts in and out' }).waitFor()
      await page.getByRole('heading', { name: 'Waiting longest' }).waitFor()
      return undefined
    },
  },
]

async function list(page: Page): Promise<undefined> {
  await on.row(page, /Conference/).waitFor()
}

async function openGroup(page: Page): Promise<undefined> {
  await on.row(page, /Conference/).click()
  await on.log(page).getByText('Gorgeous. See you all at 7').waitFor()
}

async function lines(page: Page): Promise<undefined> {
  await page.getByRole('heading', { name: 'Connected' }).waitFor()
}

/** What a text will cost, and what makes it dear. */
async function write(page: Page): Promise<Cut | undefined> {
  await openGroup(page)
  await on.box(page).fill('Tonight’s plan has changed — dinner is at 8, not at 7…')
  await page.getByRole('button', { name: 'Replace all' }).waitFor()
  const conversation = page.getByRole('region', { name: 'Conversation' })
  // A price that was not known yet comes after some seconds.
  await conversation.getByText(/about \$/).waitFor()
  const room = await conversation.boundingBox()
  const height = 300
  return room ? { ...room, y: room.y + room.height - height, height } : undefined
}
