import { mkdtemp, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium as findChromium } from '@partyline/standalone/chromium'
import { loadConfig } from '@partyline/standalone/config'
import { freePort } from '@partyline/standalone/free-port'
import { createStandalone } from '@partyline/standalone/standalone'
import { buildWeb } from '@partyline/standalone/web-build'
import { type BrowserContext, chromium } from 'playwright-core'
import { startSeeded } from '../measure/seeded-database.ts'
import { browserFlags } from '../support/browser.ts'
import { settleOffice } from './seeded-office.ts'
import { demoShots, officeShots, type Shot } from './shots.ts'

const pictures = fileURLToPath(new URL('../../docs/pictures/', import.meta.url))
const require = createRequire(import.meta.url)
const admin = { email: 'admin@example.com', password: 'correct horse battery' }

/** Names after the command: these alone. */
const only = process.argv.slice(2)
const wanted = (shots: Shot[]) =>
  shots.filter(({ name }) => only.length === 0 || only.includes(name))

await using resources = new AsyncDisposableStack()
const folder = await mkdtemp(path.join(os.tmpdir(), 'partyline-pictures-'))
resources.defer(() => rm(folder, { recursive: true, force: true }))
const webFolder = await buildWeb()
const cli = path.join(path.dirname(require.resolve('playwright-core/package.json')), 'cli.js')
const executablePath = findChromium({ own: chromium.executablePath(), cli })
const browser = await chromium.launch({ executablePath, args: browserFlags })
resources.defer(() => browser.close())

/** The whole product, on its own stores or on those given, until the pictures of it are taken. */
async function takeOf(
  shots: Shot[],
  env: { DATABASE_URL?: string },
  settled?: (publicUrl: string, context: BrowserContext) => Promise<void>,
) {
  const data = await mkdtemp(path.join(folder, 'data-'))
  const config = loadConfig(
    {
      ...{ PORT: String(await freePort()), PARTYLINE_DATA: data, ...env },
      ...{ ADMIN_EMAIL: admin.email, ADMIN_PASSWORD: admin.password },
    },
    data,
  )
  const product = createStandalone({ config, webFolder, demo: !env.DATABASE_URL })
  try {
    const { publicUrl } = await product.start()
    await settled?.(publicUrl, await signedIn(publicUrl))
    for (const shot of shots) await take(shot, publicUrl)
  } finally {
    await product.stop()
  }
}

async function signedIn(baseURL: string, shot?: Shot): Promise<BrowserContext> {
  const context = await browser.newContext({
    ...{ baseURL, locale: 'en-US', reducedMotion: 'reduce' },
    ...(shot && {
      viewport: { width: shot.width, height: shot.height },
      colorScheme: shot.theme,
    }),
  })
  const answer = await context.request.post('/api/session', { data: admin })
  if (!answer.ok()) throw new Error(`signing in: ${answer.status()}`)
  return context
}

async function take(shot: Shot, publicUrl: string) {
  const context = await signedIn(publicUrl, shot)
  const page = await context.newPage()
  await page.goto(shot.path)
  const clip = await shot.show(page)
  // Nothing is pointed at.
  await page.mouse.move(0, 0)
  await page.waitForFunction('[...document.images].every((image) => image.naturalWidth > 0)')
  const file = path.join(pictures, `${shot.name}.png`)
  await page.screenshot({ path: file, ...(clip && { clip }) })
  await context.close()
  process.stdout.write(`${shot.name}\n`)
}

const demo = wanted(demoShots)
if (demo.length > 0) await takeOf(demo, {})
const office = wanted(officeShots)
if (office.length > 0) {
  const postgres = await startSeeded(folder, 'small', (step) => process.stdout.write(`${step}\n`))
  resources.defer(() => postgres.stop())
  const { url } = postgres
  await takeOf(office, { DATABASE_URL: url }, (publicUrl, context) =>
    settleOffice({ publicUrl, databaseUrl: url }, context),
  )
}
