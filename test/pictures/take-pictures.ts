import { mkdtemp, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium as findChromium } from '@partyline/standalone/chromium'
import { loadConfig } from '@partyline/standalone/config'
import { freePort } from '@partyline/standalone/free-port'
import { createStandalone } from '@partyline/standalone/standalone'
import { type Browser, chromium } from 'playwright-core'
import { browserFlags } from '../support/browser.ts'

const folder = fileURLToPath(new URL('../../docs/pictures/', import.meta.url))
const require = createRequire(import.meta.url)

interface Shot {
  name: string
  width: number
  height: number
  theme: 'light' | 'dark'
  open: 'thread' | 'list' | 'phones'
}

/** What README shows, taken from the running product and its demo. */
const shots: Shot[] = [
  { name: 'thread-light', width: 1280, height: 800, theme: 'light', open: 'thread' },
  { name: 'thread-dark', width: 1280, height: 800, theme: 'dark', open: 'thread' },
  { name: 'list-phone', width: 390, height: 780, theme: 'light', open: 'list' },
  { name: 'thread-phone', width: 390, height: 780, theme: 'light', open: 'thread' },
  { name: 'phones', width: 1280, height: 800, theme: 'light', open: 'phones' },
]

async function take(browser: Browser, shot: Shot, url: string, password: string) {
  const { width, height, theme } = shot
  const viewport = { width, height }
  const page = await browser.newPage({ viewport, colorScheme: theme, reducedMotion: 'reduce' })
  await page.goto(shot.open === 'phones' ? `${url}/simulator` : url)
  if (shot.open === 'phones') {
    await page.getByRole('region', { name: /^Phone of Ana/ }).waitFor()
  } else {
    await page.getByLabel('Email').fill('admin@example.com')
    await page.getByLabel('Password', { exact: true }).fill(password)
    await page.getByRole('button', { name: 'Sign in' }).click()
    const group = page.getByRole('link', { name: /Conference/ })
    await group.waitFor()
    if (shot.open === 'thread') {
      await group.click()
      await page.getByRole('log').getByText('Gorgeous. See you all at 7').waitFor()
      if (width > 1_000) await page.getByRole('button', { name: 'Remove Dev Patel' }).waitFor()
    }
  }
  // Nothing is pointed at.
  await page.mouse.move(0, 0)
  await page.waitForFunction('[...document.images].every((image) => image.naturalWidth > 0)')
  await page.screenshot({ path: path.join(folder, `${shot.name}.png`) })
  await page.close()
}

const data = await mkdtemp(path.join(os.tmpdir(), 'partyline-pictures-'))
const port = await freePort()
const config = loadConfig({ PORT: String(port), PARTYLINE_DATA: data }, data)
const product = createStandalone({ config })
try {
  const { signIn, publicUrl } = await product.start()
  const cli = path.join(path.dirname(require.resolve('playwright-core/package.json')), 'cli.js')
  const executablePath = findChromium({ own: chromium.executablePath(), cli })
  const browser = await chromium.launch({ executablePath, args: browserFlags })
  for (const shot of shots) await take(browser, shot, publicUrl, signIn?.password ?? '')
  await browser.close()
} finally {
  await product.stop()
  await rm(data, { recursive: true, force: true })
}
