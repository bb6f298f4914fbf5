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

test('what keeps texts from being sent or fetched is told in words, the gravest alone', async ({
  stack,
  ana,
}) => {
  const ask = async () => (await ana.call(systemEndpoints.get)).trouble
  const open = async (name: string) =>
    stack.db.execute(sql`insert into breakers (name, probe_at) values (${name}, 'infinity')`)
  await open('reconcile')
  expect(await ask()).toBeNull()

  await stack.db.execute(sql`
    insert into backfills (name, failures, failing_since) values ('twilio', 2, now())
  `)
  expect(await ask()).toBeNull()
  await stack.db.execute(sql`update backfills set failures = 3`)
  expect((await ask())?.reason).toMatch(/^Twilio’s list of texts cannot be read.+sent as ever\.$/)

  await open('ahead')
  expect((await ask())?.reason).toMatch(/^Twilio has texts that are not known here.+waits\.$/)
  await open('unread')
  expect((await ask())?.reason).toMatch(/^Partyline was away and cannot ask Twilio.+waits\.$/)
  await open('twilio')
  expect(await ask()).toMatchObject({
    reason: 'Twilio refuses this account, so nothing is sent. Nothing is lost: everything waits.',
    advice: expect.stringMatching(/Sending goes on by itself\.$/) as string,
  })
})
