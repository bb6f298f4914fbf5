import { systemEndpoints } from '@partyline/contracts/api/system'
import { sql } from 'drizzle-orm'
import { expect } from 'vitest'
import { test } from './running-api.ts'

test('the latest find of texts that never came is told for a day', async ({ stack, ana }) => {
  const ask = async () => (await ana.call(systemEndpoints.get)).recovered
  expect(await ask()).toBeNull()

  await stack.db.execute(sql`
    insert into recoveries (texts, first_at, last_at, found_at) values
      (1, now() - interval '2 hours', now() - interval '2 hours', now() - interval '1 hour'),
      (3, now() - interval '9 minutes', now() - interval '2 minutes', now())
  `)
  expect(await ask()).toMatchObject({ texts: 3 })

  await stack.db.execute(sql`update recoveries set found_at = found_at - interval '25 hours'`)
  expect(await ask()).toBeNull()
})
