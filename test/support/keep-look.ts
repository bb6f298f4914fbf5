import { mkdir, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'

const folder = fileURLToPath(new URL('../../test-results', import.meta.url))

/** What a window looked like when its story failed, for whoever looks into it. */
export async function keepLook(page: Page, story: string): Promise<void> {
  await mkdir(folder, { recursive: true })
  const file = `${folder}/${story.replaceAll(/[^\w]+/g, '-').slice(0, 80)}-${Date.now()}`
  await page.screenshot({ path: `${file}.png` })
  await writeFile(`${file}.txt`, `${page.url()}\n${await page.locator('body').ariaSnapshot()}\n`)
}
