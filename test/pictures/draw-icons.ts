import { readFile, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium as findChromium } from '@partyline/standalone/chromium'
import { chromium } from 'playwright-core'
import { browserFlags } from '../support/browser.ts'

const folder = fileURLToPath(new URL('../../web/static/', import.meta.url))
const require = createRequire(import.meta.url)

/** Those that cannot take an SVG. A full one is cut into shape by the phone, so it has no corners of its own. */
const icons = [
  { name: 'apple-touch-icon', size: 180, full: true, scale: 1 },
  { name: 'icon-192', size: 192, full: false, scale: 1 },
  { name: 'icon-512', size: 512, full: false, scale: 1 },
  // What is sure to be seen of a maskable icon is a circle of 80 %.
  { name: 'icon-maskable-512', size: 512, full: true, scale: 0.8 },
]

const cli = path.join(path.dirname(require.resolve('playwright-core/package.json')), 'cli.js')
const executablePath = findChromium({ own: chromium.executablePath(), cli })
const browser = await chromium.launch({ executablePath, args: browserFlags })
const mark = await readFile(`${folder}favicon.svg`, 'utf8')
for (const { name, size, full, scale } of icons) {
  const page = await browser.newPage({ viewport: { width: size, height: size } })
  const drawn = mark.replace('<svg ', `<svg width="${size * scale}" height="${size * scale}" `)
  await page.setContent(
    `<body style="margin:0;display:grid;place-items:center;height:100vh;background:${full ? '#0c5f57' : 'transparent'}">${drawn}`,
  )
  await writeFile(`${folder}${name}.png`, await page.screenshot({ omitBackground: true }))
  await page.close()
}
await browser.close()
