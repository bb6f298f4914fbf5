import { gzipSync } from 'node:zlib'
import type { Page } from 'playwright-core'

/** Every script that this page has loaded so far, and its size as gzip sends it. */
export async function loadedScripts(page: Page): Promise<{ name: string; gzippedBytes: number }[]> {
  const urls = await page.evaluate<string[]>(`
    [...new Set(performance.getEntriesByType('resource').map((entry) => entry.name))]
      .filter((name) => new URL(name).pathname.endsWith('.js'))
  `)
  return Promise.all(
    urls.map(async (url) => {
      const answer = await page.request.get(url)
      return { name: new URL(url).pathname, gzippedBytes: gzipSync(await answer.body()).length }
    }),
  )
}
