import { sql } from 'drizzle-orm'
import { expect } from 'vitest'
import { flaws, overhang } from '../support/axe.ts'
import { givenLine } from '../support/given-product.ts'
import { test } from '../support/story.ts'

test('a bar says that nothing is sent, why and what to do, as long as that is so', async ({
  stack,
  open,
}) => {
  await stack.db.execute(sql`
    insert into breakers (name, error_code, probe_at) values ('twilio', 20003, 'infinity')
  `)
  const viewport = { width: 360, height: 720 }
  for (const colorScheme of ['light', 'dark'] as const) {
    const page = await open({ viewport, colorScheme })
    const bar = page.getByRole('alert').filter({ hasText: 'Twilio refuses this account (20003)' })
    await bar.waitFor()
    expect(await flaws(page)).toEqual([])
    expect(await overhang(page)).toBe(0)
  }

  await stack.db.execute(sql`delete from breakers`)
  const after = await open()
  await after.getByRole('heading', { name: 'Inbox' }).waitFor()
  // It would come after the page itself.
  await after.waitForLoadState('networkidle')
  expect(await after.getByRole('alert').count()).toBe(0)
})

test('Home asks for all of it again where a part did not come, and a page out of date is loaded anew', async ({
  product,
  api,
  open,
}) => {
  await givenLine({ product, api }, '+12125550172')
  const page = await open()
  await page.getByRole('heading', { name: 'Inbox' }).waitFor()
  const asked: string[] = []
  let reply = { status: 500, body: '{}' }
  await page.route(/\/api\/(statistics|attention)/, (route) => {
    asked.push(new URL(route.request().url()).pathname)
    return route.fulfill({ contentType: 'application/json', ...reply })
  })
  await page.getByRole('link', { name: 'Home' }).click()
  const again = page.getByRole('button', { name: 'Try again' })
  await again.waitFor()
  await expect.poll(() => new Set(asked).size).toBe(2)

  reply = { status: 200, body: '{"of": "another time"}' }
  asked.length = 0
  await again.click()
  await page.getByText('This page is out of date. Please reload it.').waitFor()
  await expect.poll(() => new Set(asked).size).toBe(2)
  expect(await again.count()).toBe(0)

  await page.unroute(/\/api\/(statistics|attention)/)
  await page.evaluate('window.before = true')
  await page.getByRole('button', { name: 'Reload' }).click()
  await page.getByText('Texts in and out').waitFor()
  expect(await page.evaluate('window.before')).toBeUndefined()
  expect(await page.getByRole('alert').count()).toBe(0)
})
