import { applyStatusEvents } from '@partyline/db/queries/apply-statuses'
import { insertStatusEvents } from '@partyline/db/queries/status-events'
import { deliveries } from '@partyline/db/schema/deliveries'
import { unreachableAddresses } from '@partyline/db/schema/unreachable'
import { sql } from 'drizzle-orm'
import { expect } from 'vitest'
import {
  addPhones,
  ana,
  ben,
  givenConference,
  group,
  people,
  received,
} from '../support/conference.ts'
import { givenGroup } from '../support/given.ts'
import { runLine } from '../support/run-line.ts'
import { test } from '../support/stack.ts'

test('what came to an end while nobody heard Twilio’s callbacks is settled when a dispatcher starts', async ({
  stack,
}) => {
  const cyd = '+14155550103'
  await givenGroup(stack.db, { address: group, members: { ...people, [cyd]: 'Cyd' } })
  await using line = await runLine(stack, { dispatchers: 0 })
  addPhones(line)
  const { id } = line.simulator.addPhone({ address: cyd, name: 'Cyd' })
  await fetch(`${line.simulator.apiUrl}/simulator/api/phones/${id}`, {
    method: 'PATCH',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ behaviour: 'unknown' }),
  })
  const told = async () => {
    const rows = await stack.db.select().from(deliveries).orderBy(deliveries.address)
    return rows.map(({ address, state, status, errorCode }) => [address, state, status, errorCode])
  }
  await using first = await line.dispatch()
  await expect.poll(() => stack.db.execute(sql`select 1 from backfills`)).toHaveLength(1)
  line.simulator.misbehave({ dropCallbacks: 1, listFails: 1 })
  await line.simulator.text({ from: ana, to: group, body: 'Hello' })
  const waiting = [ben, cyd].map((address) => [address, 'accepted', 'queued', null])
  await expect.poll(told).toEqual(waiting)
  await first[Symbol.asyncDispose]()
  expect(await told()).toEqual(waiting)
  line.simulator.misbehave({})

  await using again = await line.dispatch()

  await expect.poll(told).toEqual([
    [ben, 'accepted', 'delivered', null],
    [cyd, 'accepted', 'undelivered', 30005],
  ])
  expect(await stack.db.select().from(unreachableAddresses)).toMatchObject([
    { address: cyd, errorCode: 30005 },
  ])
  expect(await stack.db.execute(sql`select distinct source from status_events`)).toEqual([
    { source: 'asked' },
  ])
  expect(line.simulator.judge().total).toBe(2)
  expect(again).toBeDefined()
})

test('a text whose callbacks never came is asked about after six hours', async ({ stack }) => {
  await givenConference(stack.db)
  await using line = await runLine(stack)
  addPhones(line)
  // Nor is it settled from the list.
  line.simulator.misbehave({ dropCallbacks: 1, listFails: 1 })
  await line.simulator.text({ from: ana, to: group, body: 'Hello' })
  await expect.poll(() => received(line, ben)).toEqual(['Ana: Hello'])
  await expect.poll(() => stack.db.select().from(deliveries)).toMatchObject([{ state: 'accepted' }])

  await stack.db.execute(sql`update deliveries set attempt_at = now() - interval '7 hours'`)

  await expect
    .poll(() => stack.db.select().from(deliveries))
    .toMatchObject([{ state: 'accepted', status: 'delivered', cause: null }])
})

test('a text that nobody confirms for three days says so, and says no more if a callback comes after all', async ({
  stack,
}) => {
  await givenConference(stack.db)
  await using line = await runLine(stack)
  addPhones(line)
  line.simulator.misbehave({ dropCallbacks: 1, listFails: 1 })
  await line.simulator.text({ from: ana, to: group, body: 'Hello' })
  await expect.poll(() => stack.db.select().from(deliveries)).toMatchObject([{ state: 'accepted' }])

  await stack.db.execute(sql`
    update deliveries set attempt_at = now() - interval '73 hours', receipt_asked_at = now(), status = 'sent'
  `)

  await expect
    .poll(() => stack.db.select().from(deliveries))
    .toMatchObject([{ state: 'accepted', status: 'sent', cause: 'no_receipt' }])
  const [delivery] = await stack.db.select().from(deliveries)
  const params = { MessageSid: delivery?.twilioSid ?? '', MessageStatus: 'delivered' }
  const late = { params, receivedAt: new Date().toISOString(), deliveryId: null, attempt: null }
  await insertStatusEvents(stack.db, [late])
  await applyStatusEvents(stack.db, [params.MessageSid])
  expect(await stack.db.select().from(deliveries)).toMatchObject([
    { status: 'delivered', cause: null },
  ])
})
