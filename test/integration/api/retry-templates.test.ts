import { messageEndpoints } from '@partyline/contracts/api/messages'
import { threadEndpoints } from '@partyline/contracts/api/thread'
import type { Db } from '@partyline/db/client'
import { keepTemplates } from '@partyline/db/queries/templates'
import { sql } from 'drizzle-orm'
import { expect } from 'vitest'
import type { Client } from './client.ts'
import { test } from './running-api.ts'
import {
  givenPlace,
  givenTemplates,
  lastHours,
  said,
  seen,
  sidOf,
  template,
} from './template-steps.ts'

/** Free text and a template, to somebody who wrote. */
async function sendBoth(db: Db, client: Client) {
  await givenTemplates(db)
  const place = await givenPlace(db, { wrote: true })
  const free = await client.call(messageEndpoints.send, place, said({ body: 'Hi' }))
  const named = await client.call(messageEndpoints.send, place, template())
  return { free, named }
}

test('B30: what failed is not tried again where it would fail again', async ({
  stack: { db },
  ana,
}) => {
  const { free, named } = await sendBoth(db, ana)
  await db.execute(sql`update deliveries set state = 'failed', error_code = 63016`)
  await lastHours(db, 25)
  const retry = ({ delivery }: typeof free) =>
    ana.try(messageEndpoints.retry, { id: delivery?.id ?? '' })

  expect((await retry(free)).code).toBe('window_closed')
  expect((await retry(named)).status).toBe(200)
  expect(await db.execute(sql`select from deliveries where state = 'failed'`)).toHaveLength(1)
})

test('B30: of what failed or waits, what comes too late is left out and counted, and templates go', async ({
  stack: { db },
  ana,
}) => {
  const { free } = await sendBoth(db, ana)
  await db.execute(sql`update deliveries set state = 'review', cause = 'send_cap'`)
  await lastHours(db, 25)

  const held = { cause: 'send_cap' } as const
  expect(await ana.call(messageEndpoints.retryHeld, {}, held)).toEqual({
    ...{ queued: 1, left: 0, late: 1, withdrawn: 0 },
  })
  await db.execute(sql`update deliveries set state = 'failed' where message_id = ${free.id}`)
  const failed = { id: free.id }
  expect(await ana.call(threadEndpoints.retryable, failed)).toMatchObject({ failed: 0, late: 1 })
  const again = await ana.call(threadEndpoints.retryFailed, failed, {})
  expect(again).toEqual({ queued: 0, late: 1, withdrawn: 0 })

  await lastHours(db, 1)
  expect((await ana.call(threadEndpoints.retryFailed, failed, {})).queued).toBe(1)
})

test('B31: what failed or waits as a template that was withdrawn since is left out and counted', async ({
  stack: { db },
  ana,
}) => {
  const { free, named } = await sendBoth(db, ana)
  const ofNamed = { id: named.id }
  const held = { cause: 'send_cap' } as const
  const wait = () => db.execute(sql`update deliveries set state = 'review', cause = 'send_cap'`)
  const retryNamed = async () => ({
    one: (await ana.try(messageEndpoints.retry, { id: named.delivery?.id ?? '' })).code,
    waiting: (await ana.call(threadEndpoints.retryable, ofNamed)).held,
    all: await ana.call(messageEndpoints.retryHeld, {}, held),
  })

  const gone = [{ status: 'paused' }, { contentType: 'twilio/media' }, { sid: sidOf(2) }]
  for (const change of gone) {
    await keepTemplates(db, new Date(), [{ ...seen, ...change }])
    await wait()
    expect(await retryNamed()).toEqual({
      ...{ one: 'template_unusable', waiting: [] },
      all: { queued: 1, left: 0, late: 0, withdrawn: 1 },
    })
  }
  await db.execute(sql`update deliveries set state = 'failed', cause = null`)
  expect(await ana.call(threadEndpoints.retryable, ofNamed)).toMatchObject({
    failed: 0,
    withdrawn: 1,
  })
  const again = { queued: 0, late: 0, withdrawn: 1 }
  expect(await ana.call(threadEndpoints.retryFailed, ofNamed, {})).toEqual(again)
  expect(await ana.call(threadEndpoints.retryFailed, { id: free.id }, {})).toMatchObject({
    queued: 1,
  })

  await keepTemplates(db, new Date(), [seen])
  expect((await ana.call(threadEndpoints.retryFailed, ofNamed, {})).queued).toBe(1)
})
