import { existsSync } from 'node:fs'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import pixelmatch from 'pixelmatch'
import type { Page } from 'playwright-core'
import { PNG } from 'pngjs'

const accepted = fileURLToPath(new URL('../browser/looks/', import.meta.url))
const results = fileURLToPath(new URL('../../test-results/looks/', import.meta.url))

/** Another machine draws the edges of letters a little differently; one that moved is far more than this. */
const tolerance = { ofPixel: 0.2, ofPicture: 0.003 }

/** What differs from run to run keeps its place and is not drawn. */
const settled = `
  time { display: inline-block; width: 3rem; height: 1em; overflow: hidden; visibility: hidden }
  * { caret-color: transparent !important }
`

/** How the page differs from what was accepted, for more than an eye would forgive; undefined when it does not. */
export async function newLook(page: Page, name: string): Promise<string | undefined> {
  await page.addStyleTag({ content: settled })
  await page.evaluate('document.fonts.ready')
  const taken = await page.screenshot({ animations: 'disabled', scale: 'css' })
  const file = `${accepted}${name}.png`
  const found = existsSync(file) ? differences(await readFile(file), taken) : undefined
  if (found && found.part <= tolerance.ofPicture) {
    await rm(`${results}${name}.png`, { force: true })
    return undefined
  }
  await mkdir(results, { recursive: true })
  await writeFile(`${results}${name}.png`, taken)
  if (found?.drawn) await writeFile(`${results}${name}.diff.png`, found.drawn)
  const what = found ? `differs in ${(found.part * 100).toFixed(2)} % of its pixels` : 'is new'
  return `The look ${name} ${what}: see test-results/looks; npm run looks:accept takes it`
}

function differences(before: Buffer, after: Buffer): { part: number; drawn?: Buffer } {
  const [one, other] = [PNG.sync.read(before), PNG.sync.read(after)]
  const { width, height } = one
  if (width !== other.width || height !== other.height) return { part: 1 }
  const drawn = new PNG({ width, height })
  const count = pixelmatch(one.data, other.data, drawn.data, width, height, {
    threshold: tolerance.ofPixel,
  })
  return { part: count / (width * height), drawn: PNG.sync.write(drawn) }
}
