import { test as base, inject } from 'vitest'
import { launchBrowser } from './browser.ts'
import { runProduct } from './run-product.ts'
import { createStack } from './stack.ts'
import { keepLook } from './keep-look.ts'
import { openWindow } from './window.ts'

/**
 * One browser for all, one product for the stories of a file; they keep apart by texting on lines of
 * their own. Each story has windows of its own, which nothing may break.
 */
export const test = base
  .extend('env', { scope: 'file' }, (): Record<string, string> => ({}))
  .extend('stack', { scope: 'file' }, async ({}, { onCleanup }) => {
    const stack = await createStack()
    onCleanup(() => stack[Symbol.asyncDispose]())
    return stack
  })
  .extend('product', { scope: 'file' }, async ({ stack, env }, { onCleanup }) => {
    const product = await runProduct(stack, { webFolder: inject('webFolder'), env })
    onCleanup(() => product[Symbol.asyncDispose]())
    return product
  })
  .extend('api', { scope: 'file' }, async ({ product }) => product.signIn())
  .extend('browser', { scope: 'worker' }, async ({}, { onCleanup }) => {
    const browser = await launchBrowser()
    onCleanup(() => browser.close())
    return browser
  })
  .extend('open', async ({ browser, product, task }, { onCleanup }) => {
    const windows = new AsyncDisposableStack()
    onCleanup(() => windows.disposeAsync())
    return async (given: Parameters<typeof openWindow>[2] = {}) => {
      const { page } = windows.use(await openWindow(browser, product.url, given))
      windows.defer(async () => {
        if (task.result?.state === 'fail') await keepLook(page, task.name)
      })
      return page
    }
  })
  .extend('page', async ({ open }) => open())
