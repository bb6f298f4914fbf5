import { sql } from 'drizzle-orm'
import { expect } from 'vitest'
import { flaws, overhang } from '../support/axe.ts'
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
  expect(await after.getByRole('alert').count()).toBe(0)
})
