import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** Another colour scheme changes colours and nothing else. */
const ofColours = ['color-contrast', 'link-in-text-block']

/** What breaks WCAG 2.2 AA on the page as it is now, in light and in dark, in words that say where. */
export async function flawsInBoth(page: Page, within?: string): Promise<string[]> {
  const found: string[] = []
  for (const [colorScheme, rules] of [['light'], ['dark', ofColours]] as const) {
    await page.emulateMedia({ colorScheme })
    const flawed = await flaws(page, { ...(rules && { rules }), ...(within && { within }) })
    found.push(...flawed.map((flaw) => `${colorScheme}: ${flaw}`))
  }
  return found
}

/** The same in the colours it has, and of one part alone. */
export async function flaws(
  page: Page,
  { rules, within }: { rules?: readonly string[]; within?: string } = {},
): Promise<string[]> {
  // Ours have no frames, so nothing is lost by asking this page alone, and much time is saved.
  const axe = new AxeBuilder({ page }).setLegacyMode()
  if (within !== undefined) axe.include(within)
  const { violations } = await (rules ? axe.withRules([...rules]) : axe.withTags(tags)).analyze()
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')} ${failureSummary ?? ''}`),
  )
}

/** How many pixels the page is wider than its window. */
export async function overhang(page: Page): Promise<number> {
  return page.evaluate(
    'document.documentElement.scrollWidth - document.documentElement.clientWidth',
  )
}
