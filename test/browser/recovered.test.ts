import { sql } from 'drizzle-orm'
import { expect } from 'vitest'
import { test } from '../support/story.ts'

test('recovered texts are told of, calmly, until somebody has seen it', async ({ stack, page }) => {
  await stack.db.execute(sql`
    insert into recoveries (texts, first_at, last_at)
    values (3, now() - interval '9 minutes', now() - interval '2 minutes')
  `)
  const note = page.getByRole('status').filter({ hasText: /^Recovered 3 texts, .+–.+/ })

  await page.reload()
  await note.waitFor()
  await note.getByRole('button', { name: 'Dismiss' }).click()
  await expect.poll(() => note.count()).toBe(0)

  await page.reload()
  await page.getByRole('heading', { name: 'Inbox' }).waitFor()
  // It would come after the page itself.
  await page.waitForLoadState('networkidle')
  expect(await note.count()).toBe(0)
})
