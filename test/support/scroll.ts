import type { Locator } from 'playwright-core'

// What runs in the page knows the DOM's types, which the tests themselves are not written for.
interface Scrolling {
  scrollTop: number
  scrollHeight: number
  clientHeight: number
}

export async function scrollToTop(locator: Locator): Promise<void> {
  await locator.evaluate((element: unknown) => {
    ;(element as Scrolling).scrollTop = 0
  })
}

export async function scrollToEnd(locator: Locator): Promise<void> {
  await locator.evaluate((element: unknown) => {
    const scrolling = element as Scrolling
    scrolling.scrollTop = scrolling.scrollHeight
  })
}

/** How far its view is from its top and from its end, in pixels. */
export async function scrolled(locator: Locator): Promise<{ top: number; left: number }> {
  return locator.evaluate((element: unknown) => {
    const { scrollTop, scrollHeight, clientHeight } = element as Scrolling
    return { top: scrollTop, left: Math.round(Math.abs(scrollHeight - scrollTop - clientHeight)) }
  })
}
