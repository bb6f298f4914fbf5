import { findRecovered } from '@partyline/db/queries/backfill'
import { findTrouble } from '@partyline/db/queries/breaker'
import { messages } from '@partyline/db/schema/messages'
import { sql } from 'drizzle-orm'
import { expect } from 'vitest'
import { addPhones, ana, ben, givenConference, group, received } from '../support/conference.ts'
import { closeGate } from '../support/gate.ts'
import { givenLine } from '../support/given.ts'
import { pauseQueue } from '../support/pause-queue.ts'
import { runLine } from '../support/run-line.ts'
import { test, type Stack } from '../support/stack.ts'
import { toldOfSystem } from '../support/told-of-system.ts'

const bodies = async ({ db }: Stack) =>
  (await db.select().from(messages).orderBy(messages.seq)).map((message) => message.body)

test('T24: texts whose webhooks never came are found in Twilio’s list, relayed once and in order, and said so', async ({
  stack,
}) => {
  await givenConference(stack.db)
  await using line = await runLine(stack, { dispatchers: 2 })
  addPhones(line)
  line.simulator.misbehave({ dropWebhooks: 1 })
  for (const body of ['one', 'two', 'three']) {
    await line.simulator.text({ from: ana, to: group, body })
  }
  line.simulator.misbehave({})

  await expect.poll(() => received(line, ben)).toEqual(['Ana: one', 'Ana: two', 'Ana: three'])
  expect(await bodies(stack)).toEqual(['one', 'two', 'three'])
  await line.simulator.text({ from: ben, to: group, body: 'four' })
  await expect.poll(() => received(line, ana)).toEqual(['Ben: four'])
  const found = await findRecovered(stack.db)
  expect(found?.texts).toBeGreaterThan(0)
  expect(found?.from.getTime()).toBeLessThanOrEqual(found?.to.getTime() ?? 0)
  expect(line.simulator.judge().doubles).toEqual([])
})

test('texts that came to nobody while no dispatcher ran are taken in when one starts', async ({
  stack,
}) => {
  await givenConference(stack.db)
  await using line = await runLine(stack, { dispatchers: 0 })
  addPhones(line)
  await using first = await line.dispatch()
  await line.simulator.text({ from: ana, to: group, body: 'before' })
  await expect.poll(() => received(line, ben)).toEqual(['Ana: before'])
  await expect.poll(() => stack.db.execute(sql`select 1 from backfills`)).toHaveLength(1)
  await first[Symbol.asyncDispose]()

  line.simulator.misbehave({ dropWebhooks: 1 })
  await line.simulator.text({ from: ana, to: group, body: 'while you were out' })
  line.simulator.misbehave({})
  await using again = await line.dispatch()

  await expect.poll(() => received(line, ben)).toEqual(['Ana: before', 'Ana: while you were out'])
  expect(again).toBeDefined()
})

test('a text that waits in Redis for long did reach us: it is not called recovered', async ({
  stack,
}) => {
  await givenConference(stack.db)
  await using line = await runLine(stack)
  addPhones(line)
  await using waiting = await pauseQueue(stack, 'inbound')
  await line.simulator.text({ from: ana, to: group, body: 'waiting' })
  const came = Date.now()

  // Two more comparisons, in which it is old enough to be called lost.
  const compared = async () => {
    const [row] = await stack.db.execute<{ at: string }>(sql`
      select extract(epoch from next_at) * 1000 as at from backfills where name = 'twilio'`)
    return Number(row?.at)
  }
  await expect.poll(compared).toBeGreaterThan(came + 7_000)

  expect(await findRecovered(stack.db)).toBeUndefined()
  await waiting.resume()
  await expect.poll(() => received(line, ben)).toEqual(['Ana: waiting'])
  expect(await stack.db.execute(sql`select source from inbox`)).toEqual([{ source: 'webhook' }])
})

test('a live text does not overtake a recovered one of the same sender', async ({ stack }) => {
  // Else the text that is held would hold the making of the line.
  await givenLine(stack.db, { address: group })
  await using line = await runLine(stack, { dispatchers: 0 })
  addPhones(line)
  await stack.db.execute(sql`insert into backfills (name) values ('twilio')`)
  await using gate = await closeGate(stack.db, 'held')
  await using resources = new AsyncDisposableStack()
  line.simulator.misbehave({ dropWebhooks: 1 })
  await line.simulator.text({ from: ben, to: group, body: 'held' })
  await line.simulator.text({ from: ana, to: group, body: 'recovered' })
  line.simulator.misbehave({})
  // Both are old enough for its first pass, so they are found in one.
  resources.use(await line.dispatch())
  await expect
    .poll(() => stack.db.execute(sql`select 1 from inbox where source = 'backfill'`))
    .toHaveLength(2)

  await line.simulator.text({ from: ana, to: group, body: 'live' })

  await expect.poll(() => bodies(stack)).toEqual(['recovered', 'live'])
  await gate.open()
})

test('a comparison with Twilio’s list that keeps failing is told until it succeeds, and stops nothing', async ({
  stack,
}) => {
  await givenConference(stack.db)
  await using line = await runLine(stack, { dispatchers: 2 })
  addPhones(line)
  line.simulator.misbehave({ listFails: 1 })

  await expect.poll(() => findTrouble(stack.db)).toMatchObject({ cause: 'unfetched' })
  await line.simulator.text({ from: ana, to: group, body: 'Hello' })
  await expect.poll(() => received(line)).toEqual(['Ana: Hello'])
  expect(await findTrouble(stack.db)).toMatchObject({ cause: 'unfetched' })
  expect(await toldOfSystem(stack.db)).toBe(1)

  line.simulator.misbehave({})
  await expect.poll(() => findTrouble(stack.db)).toBeUndefined()
  expect(await toldOfSystem(stack.db)).toBe(2)
})

test('a recovered picture is copied and relayed, and a number nobody knows becomes a line', async ({
  stack,
}) => {
  await using line = await runLine(stack)
  addPhones(line)
  await expect.poll(() => stack.db.execute(sql`select 1 from backfills`)).toHaveLength(1)
  line.simulator.misbehave({ dropWebhooks: 1 })
  const bytes = Buffer.from('R0lGODlhAQABAAAAACwAAAAAAQABAAA=', 'base64')
  const media = [{ contentType: 'image/gif', bytes }]
  await line.simulator.text({ from: ana, to: group, body: 'look', media })

  await expect
    .poll(() => stack.db.execute(sql`select content_type from media where state = 'stored'`))
    .toEqual([{ content_type: 'image/gif' }])
  expect(await stack.db.execute(sql`select address, mode from lines`)).toEqual([
    { address: group, mode: 'inbox' },
  ])
})
