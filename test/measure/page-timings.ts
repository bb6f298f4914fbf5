import type { Page } from 'playwright-core'

interface Seen {
  /** From the press of a key or button to the frame that shows its effect. */
  presses: { name: string; ms: number }[]
  shifts: { value: number; ms: number; of: string[] }[]
  /** Between two frames. */
  frames: number[]
  largestPaintMs: number
}

/** Runs in the page before anything of ours. */
const watch = `
  globalThis.seen = { presses: [], shifts: [], frames: [], largestPaintMs: 0 }
  const observe = (type, take, more) =>
    new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({ type, buffered: true, ...more })
  observe('event', (entry) => {
    if (entry.interactionId > 0) seen.presses.push({ name: entry.name, ms: entry.duration })
  }, { durationThreshold: 16 })
  observe('layout-shift', (entry) => {
    if (entry.hadRecentInput) return
    const of = entry.sources.map(({ node }) => node?.outerHTML?.slice(0, 90) ?? String(node?.textContent))
    seen.shifts.push({ value: entry.value, ms: entry.startTime, of })
  })
  observe('largest-contentful-paint', (entry) => { seen.largestPaintMs = entry.startTime })
`

export async function watchPage(page: Page): Promise<void> {
  await page.addInitScript(watch)
}

export const seenBy = (page: Page) => page.evaluate<Seen>('seen')

export async function forget(page: Page): Promise<void> {
  await page.evaluate('seen.presses = [], seen.frames = [], seen.shifts = []')
}

/** Until nothing is drawn any more that an input just now has caused. */
export async function settle(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle')
  await page.evaluate(
    'new Promise((done) => requestIdleCallback(() => requestAnimationFrame(() => setTimeout(done, 120)), { timeout: 2_000 }))',
  )
}

/** How long each frame took while the wheel was turned. */
export async function framesWhile(page: Page, turn: () => Promise<void>): Promise<number[]> {
  await page.evaluate(`
    let last = performance.now()
    const next = (now) => { seen.frames.push(now - last); last = now; seen.counting = requestAnimationFrame(next) }
    seen.counting = requestAnimationFrame((now) => { last = now; next(now) })
  `)
  await turn()
  await page.evaluate('cancelAnimationFrame(seen.counting)')
  return (await seenBy(page)).frames
}
