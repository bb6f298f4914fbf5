import { glob, readFile } from 'node:fs/promises'
import path from 'node:path'
import type { Page } from 'playwright-core'
import { expect, inject } from 'vitest'
import { flaws } from '../support/axe.ts'
import { on } from '../support/dashboard.ts'
import { serveDesignPage } from '../support/design-page.ts'
import { givenGroup, givenLine } from '../support/given-product.ts'
import { expectLook } from '../support/look.ts'
import { test } from '../support/story.ts'

const desk = { width: 1280, height: 800 }
const phone = { width: 360, height: 740 }

/** One page load for all: each theme on a desk, and on a phone. */
async function expectLooks(page: Page, name: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    await page.setViewportSize(desk)
    await expectLook(page, `${name}-${colorScheme}`)
  }
  await page.setViewportSize(phone)
  await expectLook(page, `${name}-phone-dark`)
}

test('signing in looks as it was accepted', async ({ open }) => {
  const page = await open({ user: null, reducedMotion: 'reduce' })
  await on.button(page, 'Sign in').waitFor()

  await expectLooks(page, 'sign-in')
})

test('an inbox without conversations looks as it was accepted', async ({ open }) => {
  const page = await open({ reducedMotion: 'reduce' })
  await page.getByText('No conversations yet').waitFor()
  await on.light(page).filter({ hasText: 'Live' }).waitFor()

  await expectLooks(page, 'empty-inbox')
})

test(
  'every component, in both themes, looks as it was accepted, and axe finds nothing',
  { timeout: 150_000 },
  async ({ product, open }) => {
    await using design = await serveDesignPage(product.url)
    const page = await open({
      user: null,
      reducedMotion: 'reduce',
      viewport: { width: 1400, height: 4600 },
    })
    await page.goto(design.url)
    await page.getByRole('region', { name: 'Data, dark' }).getByText('Elsewhere').waitFor()

    await expectLook(page, 'design')
    expect(await flaws(page)).toEqual([])
  },
)

test('the built dashboard has no page of components', async () => {
  const said: string[] = []
  for await (const file of glob('**/*.js', { cwd: inject('webFolder') })) {
    const source = await readFile(path.join(inject('webFolder'), file), 'utf8')
    if (source.includes('Design system')) said.push(file)
  }

  expect(said).toEqual([])
})
