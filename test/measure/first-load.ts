import path from 'node:path'
import type { BrowserContext, Page } from 'playwright-core'
import { loadedScripts } from '../support/loaded-scripts.ts'
import { on } from '../support/dashboard.ts'
import type { Measured } from './measured.ts'
import { seenBy, settle, watchPage } from './page-timings.ts'

const limits = { scriptsBytes: 150_000, paintMs: 1_000, shift: 0 }

const median = (values: number[]) => values.toSorted((a, b) => a - b)[values.length >> 1] ?? NaN

/** The inbox as somebody opens it in the morning: nothing in the browser's cache. */
export async function firstLoad(open: () => Promise<BrowserContext>): Promise<Measured[]> {
  const loads = []
  for (let round = 0; round < 3; round += 1) {
    await using context = await open()
    const page = await context.newPage()
    await watchPage(page)
    await page.goto('/')
    await on.rows(page).nth(5).waitFor()
    await settle(page)
    loads.push(await look(page))
  }
  const heaviest = loads.toSorted((a, b) => b.scriptsBytes - a.scriptsBytes)[0]
  const shifted = loads.flatMap(({ shifts }) => shifts)
  return [
    {
      ...{
        what: 'inbox, first load: JavaScript, gzipped',
        value: (heaviest?.scriptsBytes ?? NaN) / 1_000,
        unit: 'kB',
      },
      limit: limits.scriptsBytes / 1_000,
      why: heaviest?.heavy ?? '',
    },
    paint(
      'first contentful paint',
      loads.map(({ firstPaintMs }) => firstPaintMs),
    ),
    paint(
      'largest contentful paint',
      loads.map(({ largestPaintMs }) => largestPaintMs),
    ),
    {
      ...{ what: 'inbox, first load: layout shift', unit: '', limit: limits.shift },
      value: Math.max(
        ...loads.map(({ shifts }) => shifts.reduce((sum, { value }) => sum + value, 0)),
      ),
      why: shifted.map(({ value, of }) => `${value.toFixed(4)}: ${of.join(' , ')}`).join(' ; '),
    },
  ]
}

const paint = (name: string, values: number[]): Measured => ({
  ...{ what: `inbox, first load: ${name}`, value: median(values), unit: 'ms' },
  limit: limits.paintMs,
})

async function look(page: Page) {
  const scripts = await loadedScripts(page)
  const firstPaintMs = await page.evaluate<number>(
    `performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? NaN`,
  )
  const { largestPaintMs, shifts } = await seenBy(page)
  const scriptsBytes = scripts.reduce((sum, { gzippedBytes }) => sum + gzippedBytes, 0)
  const heavy = scripts
    .toSorted((a, b) => b.gzippedBytes - a.gzippedBytes)
    .slice(0, 12)
    .map(({ name, gzippedBytes }) => `${path.basename(name)} ${(gzippedBytes / 1_000).toFixed(1)}`)
    .join(', ')
  return { scriptsBytes, heavy, firstPaintMs, largestPaintMs, shifts }
}
