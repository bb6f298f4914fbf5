import type { Locator, Page } from 'playwright-core'

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

interface Shown {
  getBoundingClientRect(): { top: number; bottom: number; left: number; width: number }
  contains(other: unknown): boolean
  ownerDocument: {
    elementFromPoint(x: number, y: number): unknown
    documentElement: { clientHeight: number }
  }
}

/** Whether all of its height is on the screen, and nothing lies over its middle or cuts it off. */
export async function isInView(locator: Locator): Promise<boolean> {
  return locator.evaluate((element: unknown) => {
    const shown = element as Shown
    const { top, bottom, left, width } = shown.getBoundingClientRect()
    const { documentElement } = shown.ownerDocument
    const there = shown.ownerDocument.elementFromPoint(left + width / 2, (top + bottom) / 2)
    return top >= 0 && bottom <= documentElement.clientHeight && shown.contains(there)
  })
}

/** By how many pixels the page itself could be scrolled down. */
export async function tooHigh(page: Page): Promise<number> {
  return page.evaluate(
    'document.documentElement.scrollHeight - document.documentElement.clientHeight',
  )
}

/**
 * As when texts are sent in a hurry: what stands below the log grows, which the log follows; before it is
 * told that it has moved, that shrinks, which moves it back, and grows once more. Gives how far from its
 * end the log was left, in pixels.
 */
export async function hurryBelowLog(page: Page): Promise<number> {
  return page.evaluate<number>(`(async () => {
    const log = document.querySelector('[role=log]')
    const below = document.createElement('div')
    below.style.flexShrink = '0'
    log.parentElement.after(below)
    const drawn = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))
    let left = 0
    for (let time = 0; time < 5; time += 1) {
      below.style.height = '10px'
      await drawn()
      below.style.height = '4px'
      log.scrollTop.toFixed()
      below.style.height = '150px'
      await drawn()
      await drawn()
      left = Math.max(left, log.scrollHeight - log.scrollTop - log.clientHeight)
      below.style.height = '0'
      await drawn()
      await drawn()
    }
    below.remove()
    return Math.round(left)
  })()`)
}
