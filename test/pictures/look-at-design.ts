import { createRequire } from 'node:module'
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { chromium as findChromium } from '@partyline/standalone/chromium'
import { freePort } from '@partyline/standalone/free-port'
import { chromium } from 'playwright-core'
import { flaws } from '../support/axe.ts'
import { browserFlags } from '../support/browser.ts'
import { newLook } from '../support/look.ts'

const web = fileURLToPath(new URL('../../web/', import.meta.url))
const require = createRequire(import.meta.url)

interface Vite {
  createServer(config: object): Promise<{ listen(): Promise<unknown>; close(): Promise<void> }>
}

/** Every component in every state, in both themes: as accepted, and nothing for axe to find. */
async function lookAtDesign(): Promise<string[]> {
  // SvelteKit finds its files from there. A cache of its own leaves a running dashboard alone.
  process.chdir(web)
  const found = createRequire(`${web}package.json`).resolve('vite')
  const vite = (await import(pathToFileURL(found).href)) as Vite
  const port = await freePort()
  const server = await vite.createServer({
    cacheDir: 'node_modules/.vite-design',
    server: { port, strictPort: true },
    logLevel: 'error',
  })
  await server.listen()
  const cli = path.join(path.dirname(require.resolve('playwright-core/package.json')), 'cli.js')
  const executablePath = findChromium({ own: chromium.executablePath(), cli })
  const browser = await chromium.launch({ executablePath, args: browserFlags })
  try {
    const viewport = { width: 1400, height: 4700 }
    const context = await browser.newContext({ viewport, reducedMotion: 'reduce', locale: 'en-US' })
    const page = await context.newPage()
    const error = { code: 'not_signed_in', message: 'Nobody is signed in', requestId: '1' }
    await page.route('**/api/session', (route) => route.fulfill({ status: 401, json: { error } }))
    await page.goto(`http://localhost:${port}/design`)
    const last = page.getByRole('region', { name: 'Data, dark' }).getByText('Elsewhere')
    await last.waitFor({ timeout: 120_000 })
    const changed = await newLook(page, 'design')
    return [...(changed ? [changed] : []), ...(await flaws(page))]
  } finally {
    await browser.close()
    await server.close()
  }
}

const wrong = await lookAtDesign()
process.stdout.write(wrong.length > 0 ? `${wrong.join('\n')}\n` : 'As accepted.\n')
process.exitCode = wrong.length > 0 ? 1 : 0
