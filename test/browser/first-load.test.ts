import { glob, readFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildWeb } from '@partyline/standalone/web-build'
import { expect } from 'vitest'
import { givenLine } from '../support/given-product.ts'
import { loadedScripts } from '../support/loaded-scripts.ts'
import { on } from '../support/dashboard.ts'
import { test } from '../support/story.ts'

test('the inbox loads no more than 150 kB of JavaScript, gzipped', async ({
  product,
  api,
  page,
}) => {
  const line = await givenLine({ product, api }, '+12125550180')
  const ada = await product.phones.add('+13105550181', 'Ada')
  await ada.text(line.address, 'Good morning')
  await on.row(page, /\(310\) 555-0181/).waitFor()
  await page.reload()
  await on.row(page, /\(310\) 555-0181/).waitFor()
  await page.waitForLoadState('networkidle')

  const scripts = await loadedScripts(page)

  const total = scripts.reduce((sum, { gzippedBytes }) => sum + gzippedBytes, 0)
  expect(scripts.length).toBeGreaterThan(5)
  expect(total, 'gzipped bytes').toBeLessThanOrEqual(150_000)
})

const root = fileURLToPath(new URL('../..', import.meta.url))
async function textOf(folder: string, files: string): Promise<string> {
  let text = ''
  for await (const name of glob(files, { cwd: folder })) {
    text += await readFile(path.join(folder, name), 'utf8')
  }
  return text
}

test('the page of all components is for who builds them, and not in the product', async () => {
  const onlyThere = ['Design system', 'What they carried today.']
  const source = await textOf(path.join(root, 'web/src/design'), '*.svelte')
  const product = await textOf(await buildWeb(), '**/*.js')

  for (const words of onlyThere) {
    expect(source).toContain(words)
    expect(product).not.toContain(words)
  }
})
