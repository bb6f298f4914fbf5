import type { Db } from '@partyline/db/client'
import { openBreaker } from '@partyline/db/queries/breaker'
import { deliveries } from '@partyline/db/schema/deliveries'
import { eq } from 'drizzle-orm'
import { expect } from 'vitest'
import { addPhones, ana, givenConference, group, received } from '../support/conference.ts'
import { runLine } from '../support/run-line.ts'
import { test } from '../support/stack.ts'

const states = async (db: Db) =>
  (await db.select().from(deliveries).orderBy(deliveries.seq)).map((delivery) => delivery.state)

test('T17: an answer that is lost with every callback is found in Twilio’s list, and nothing is sent twice', async ({
  stack,
}) => {
  await givenConference(stack.db)
  await using line = await runLine(stack)
  addPhones(line)
  line.simulator.misbehave({ script: ['failAfter'], dropCallbacks: 1 })

  await line.simulator.text({ from: ana, to: group, body: 'Hello' })

  await expect.poll(() => states(stack.db)).toEqual(['unknown'])
  await expect.poll(() => states(stack.db)).toEqual(['accepted'])
  expect(line.simulator.judge()).toMatchObject({ total: 1, doubles: [] })
})

test('T17: a text that Twilio never made is sent once it is certain, and the next one after it', async ({
  stack,
}) => {
  await givenConference(stack.db)
  await using line = await runLine(stack)
  addPhones(line)
  line.simulator.misbehave({ script: ['failBefore'] })

  await line.simulator.text({ from: ana, to: group, body: 'first' })
  await line.simulator.text({ from: ana, to: group, body: 'second' })

  await expect.poll(() => received(line)).toEqual(['Ana: first', 'Ana: second'])
  expect(line.simulator.judge()).toMatchObject({ total: 2, doubles: [] })
})

test('T18: a text that Twilio makes after we stopped waiting is found, not sent again', async ({
  stack,
}) => {
  await givenConference(stack.db)
  await using line = await runLine(stack)
  addPhones(line)
  line.simulator.misbehave({ script: ['lateCreate'], lateCreateMs: 3_000, dropCallbacks: 1 })

  await line.simulator.text({ from: ana, to: group, body: 'Hello' })

  await expect.poll(() => states(stack.db)).toEqual(['unknown'])
  await expect.poll(() => states(stack.db)).toEqual(['accepted'])
  expect(line.simulator.judge()).toMatchObject({ total: 1, doubles: [] })
})

test('T18, the canary: with a settle window shorter than Twilio is late, the text is doubled', async ({
  stack,
}) => {
  await givenConference(stack.db)
  await using line = await runLine(stack, { sending: { settleMs: 400 } })
  addPhones(line)
  line.simulator.misbehave({ script: ['lateCreate'], lateCreateMs: 4_500, dropCallbacks: 1 })

  await line.simulator.text({ from: ana, to: group, body: 'Hello' })

  await expect.poll(() => line.simulator.judge().doubles.length).toBe(1)
})

test('T23: of identical texts with lost answers each is found once', async ({ stack }) => {
  await givenConference(stack.db)
  await using line = await runLine(stack)
  addPhones(line)
  line.simulator.misbehave({ script: ['failAfter', 'none', 'failAfter'], dropCallbacks: 1 })

  for (let index = 0; index < 5; index += 1) {
    await line.simulator.text({ from: ana, to: group, body: 'ok' })
  }

  await expect.poll(() => states(stack.db)).toEqual(Array(5).fill('accepted'))
  expect(line.simulator.judge()).toMatchObject({ total: 5, doubles: [] })
})

test('with the policy "hold" a text that is absent waits for a person, and others go on', async ({
  stack,
}) => {
  await givenConference(stack.db)
  await using line = await runLine(stack, { sending: { whenAbsent: 'hold', settleMs: 1_000 } })
  addPhones(line)
  line.simulator.misbehave({ script: ['failBefore'] })

  await line.simulator.text({ from: ana, to: group, body: 'first' })
  await line.simulator.text({ from: ana, to: group, body: 'second' })

  await expect.poll(() => received(line)).toEqual(['Ana: second'])
  expect(await states(stack.db)).toEqual(['review', 'accepted'])
})

test('T25: while Twilio’s list cannot be read nothing is settled and nothing is sent', async ({
  stack,
}) => {
  await givenConference(stack.db)
  await using line = await runLine(stack, { sending: { settleMs: 200 } })
  addPhones(line)
  line.simulator.misbehave({ script: ['failBefore'], listFails: 1 })

  await line.simulator.text({ from: ana, to: group, body: 'Hello' })

  await expect.poll(() => states(stack.db)).toEqual(['review'])
  expect(line.simulator.judge().total).toBe(0)
  const [delivery] = await stack.db.select().from(deliveries).where(eq(deliveries.state, 'review'))
  expect(delivery?.cause).toBe('unsettled')
})

test('T20: when Twilio refuses the account nothing fails; everything waits and goes out after', async ({
  stack,
}) => {
  await givenConference(stack.db)
  await using line = await runLine(stack)
  addPhones(line)
  line.simulator.misbehave({ unauthorized: 1 })
  for (const body of ['one', 'two', 'three']) {
    await line.simulator.text({ from: ana, to: group, body })
  }
  await expect.poll(() => stack.db.execute('select 1 from breakers')).toHaveLength(1)
  await expect.poll(() => states(stack.db)).toEqual(['queued', 'queued', 'queued'])

  line.simulator.misbehave({})
  await stack.db.execute('update breakers set probe_at = now()')

  await expect.poll(() => received(line)).toEqual(['Ana: one', 'Ana: two', 'Ana: three'])
  await expect.poll(() => stack.db.execute('select 1 from breakers')).toHaveLength(0)
})

test('T20: what another process paused goes on with the first text that Twilio takes from this one', async ({
  stack,
}) => {
  await givenConference(stack.db)
  await using line = await runLine(stack)
  addPhones(line)
  await line.simulator.text({ from: ana, to: group, body: 'one' })
  await expect.poll(() => received(line)).toEqual(['Ana: one'])
  await openBreaker(stack.db, 20003)
  await stack.db.execute('update breakers set probe_at = now()')

  await line.simulator.text({ from: ana, to: group, body: 'two' })

  await expect.poll(() => received(line)).toEqual(['Ana: one', 'Ana: two'])
  await expect.poll(() => stack.db.execute('select 1 from breakers')).toHaveLength(0)
})

test('T20: a try that a line has no use for is left to another', async ({
  stack: { db },
  stack,
}) => {
  await givenConference(db)
  await using line = await runLine(stack)
  addPhones(line)
  await line.simulator.text({ from: ana, to: group, body: 'one' })
  await expect.poll(() => received(line)).toEqual(['Ana: one'])
  // The last callback too: one that came later would settle what is made unknown here.
  await expect.poll(() => db.$count(deliveries, eq(deliveries.status, 'delivered'))).toBe(1)
  await db.update(deliveries).set({ state: 'unknown', nextAt: new Date(Date.now() + 3_600_000) })
  await openBreaker(db, 20003)
  await db.execute(`update breakers set probe_at = now() - interval '1 hour'`)

  await line.simulator.text({ from: ana, to: group, body: 'two' })

  const tryable = () =>
    db.execute(`
      select from breakers where probe_at > now() - interval '1 minute' and probe_at <= now()
    `)
  await expect.poll(tryable, { timeout: 8_000 }).toHaveLength(1)
})
