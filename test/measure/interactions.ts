import type { BrowserContext, Page } from 'playwright-core'
import { on } from '../support/dashboard.ts'
import { keepLook } from '../support/keep-look.ts'
import type { Measured } from './measured.ts'
import { forget, framesWhile, seenBy, settle, watchPage } from './page-timings.ts'
import { type Press, presses } from './presses.ts'

const limitMs = 100
const rounds = 5

interface Given {
  longThread: string
  crowd: string
}

/** What the worst of some rounds took, and what moved that nobody pressed. */
export async function interactions(
  open: () => Promise<BrowserContext>,
  { longThread, crowd }: Given,
): Promise<Measured[]> {
  await using context = await open()
  const page = await context.newPage()
  await watchPage(page)
  const took = new Map<string, { paint: number[]; shown: number[]; why: string[] }>()
  let shift = 0
  const moved = new Set<string>()
  for (let round = 0; round < rounds; round += 1) {
    for (const press of presses(longThread, crowd)) {
      const one = await pressOnce(page, press).catch(async (error: unknown) => {
        await keepLook(page, press.what)
        throw error
      })
      const all = took.get(press.what) ?? { paint: [], shown: [], why: [] }
      took.set(press.what, all)
      all.paint.push(one.paintMs)
      all.why.push(one.why)
      if (press.shown) all.shown.push(one.shownMs)
      shift = Math.max(shift, one.shift)
      for (const part of one.moved) moved.add(part)
    }
  }
  return [
    ...[...took].flatMap(([what, { paint, shown, why }]) => [
      {
        ...{ what: `${what}: to the next frame`, unit: 'ms' as const, limit: limitMs },
        ...{ value: Math.max(...paint), why: why.join(' ') },
      },
      ...(shown.length > 0
        ? [{ what: `${what}: all of it`, value: median(shown), unit: 'ms' as const }]
        : []),
    ]),
    ...(await scrolls(page, { longThread, crowd })),
    {
      what: 'layout shift, any of these',
      value: shift,
      unit: '',
      limit: 0,
      why: [...moved].join(' ; '),
    },
  ]
}

const median = (values: number[]) => values.toSorted((a, b) => a - b)[values.length >> 1] ?? NaN

async function pressOnce(page: Page, { ready, press, shown }: Press) {
  await ready?.(page)
  await settle(page)
  await forget(page)
  const began = performance.now()
  await press(page)
  await shown?.(page)
  const shownMs = performance.now() - began
  await settle(page)
  const { presses: seen, shifts } = await seenBy(page)
  const worst = seen.toSorted((a, b) => b.ms - a.ms)[0]
  return {
    paintMs: worst?.ms ?? 16,
    why: worst ? `${worst.name} ${worst.ms}` : '-',
    shownMs,
    shift: shifts.reduce((sum, { value }) => sum + value, 0),
    moved: shifts.flatMap(({ of }) => of),
  }
}

async function scrolls(page: Page, { longThread }: Given): Promise<Measured[]> {
  await page.goto('/')
  await on.rows(page).nth(8).waitFor()
  await settle(page)
  const list = await wheel(page, 700, on.rows(page).nth(4))
  await page.goto(longThread)
  await on.log(page).locator('p, [dir]').first().waitFor()
  await settle(page)
  const thread = await wheel(page, -700, on.log(page))
  return [
    { what: 'scroll the list: longest frame', value: list, unit: 'ms', limit: limitMs },
    { what: 'scroll a thread of 50,000: longest frame', value: thread, unit: 'ms', limit: limitMs },
  ]
}

async function wheel(page: Page, by: number, over: ReturnType<typeof on.log>): Promise<number> {
  await over.hover()
  await forget(page)
  const frames = await framesWhile(page, async () => {
    for (let turn = 0; turn < 40; turn += 1) await page.mouse.wheel(0, by)
    await settle(page)
  })
  return Math.max(...frames)
}
