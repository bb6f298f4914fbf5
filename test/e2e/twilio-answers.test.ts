import { deliveries } from '@partyline/db/schema/deliveries'
import { messages } from '@partyline/db/schema/messages'
import { eq } from 'drizzle-orm'
import { expect } from 'vitest'
import { givenGroup } from '../support/given.ts'
import { runLine } from '../support/run-line.ts'
import { test } from '../support/stack.ts'
import { addPhones, ana, ben, delivered, group, people } from './three-people.ts'

test('a number Twilio refuses fails at once with its reason, and holds up nobody', async ({
  stack,
}) => {
  const invalid = '+15005550001'
  await givenGroup(stack.db, { address: group, members: { ...people, [invalid]: 'Nobody' } })
  await using line = await runLine(stack)
  addPhones(line)

  await line.simulator.text({ from: ana, to: group, body: 'Hello' })

  await expect
    .poll(() => stack.db.select().from(deliveries).where(eq(deliveries.address, invalid)))
    .toMatchObject([{ state: 'failed', errorCode: 21211, attempt: 1 }])
  await expect.poll(() => delivered(stack.db)).toBe(2)
})

test('a Twilio that is busy is asked again, and nothing is sent twice', async ({ stack }) => {
  await givenGroup(stack.db, { address: group, members: people })
  await using line = await runLine(stack)
  addPhones(line)
  line.simulator.misbehave({ script: ['tooManyRequests', 'tooManyRequests', 'tooManyRequests'] })

  await line.simulator.text({ from: ana, to: group, body: 'Hello' })

  await expect.poll(() => delivered(stack.db)).toBe(2)
  const { total, doubles } = line.simulator.judge()
  expect({ total, doubles }).toEqual({ total: 2, doubles: [] })
})

test('an answer that is lost after the text was made is settled by the callback, and nothing is sent twice', async ({
  stack,
}) => {
  await givenGroup(stack.db, { address: group, members: people })
  await using line = await runLine(stack)
  addPhones(line)
  line.simulator.misbehave({ script: ['failAfter', 'resetAfter'] })

  await line.simulator.text({ from: ana, to: group, body: 'Hello' })

  await expect.poll(() => delivered(stack.db)).toBe(2)
  expect(line.simulator.judge()).toMatchObject({ total: 2, doubles: [] })
})

test('an answer that never comes leaves the delivery unknown, and it is not sent again', async ({
  stack,
}) => {
  await givenGroup(stack.db, { address: group, members: { [ana]: 'Ana', [ben]: 'Ben' } })
  // Not settled while this looks.
  await using line = await runLine(stack, { sending: { settleMs: 60_000 } })
  addPhones(line)
  line.simulator.misbehave({ script: ['failBefore'] })

  await line.simulator.text({ from: ana, to: group, body: 'first' })
  await expect
    .poll(() => stack.db.select().from(messages))
    .toMatchObject([{ unknownCount: 1, queuedCount: 0 }])
  await line.simulator.text({ from: ana, to: group, body: 'second' })

  // The second waits behind it: Ben would otherwise get them in the wrong order.
  await expect
    .poll(() => stack.db.select().from(messages).orderBy(messages.seq))
    .toMatchObject([{ unknownCount: 1 }, { queuedCount: 1 }])
  expect(line.simulator.judge().total).toBe(0)
})
