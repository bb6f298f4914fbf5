import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { expect } from 'vitest'
import { admin } from './run-product.ts'

interface Options extends BrowserContextOptions {
  /** Null: nobody is signed in. */
  user?: { email: string; password: string } | null
  path?: string
}

/** A browser window of its own, signed in. Closing it fails if a script of ours failed in it. */
export async function openWindow(
  browser: Browser,
  url: string,
  { user = admin, path = '/', ...options }: Options = {},
): Promise<{ page: Page } & AsyncDisposable> {
  const context = await browser.newContext({ baseURL: url, locale: 'en-US', ...options })
  context.setDefaultTimeout(15_000)
  if (user) {
    const { email, password } = user
    await context.request.post('/api/session', { data: { email, password } })
  }
  const page = await context.newPage()
  const failures: string[] = []
  page.on('pageerror', (error) => failures.push(String(error)))
  page.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) failures.push(message.text())
  })
  await page.goto(path)
  return {
    page,
    async [Symbol.asyncDispose]() {
      await context.close()
      expect(failures, 'what went wrong in the page').toEqual([])
    },
  }
}
