import { deliveries } from '@partyline/db/schema/deliveries'
import { eq } from 'drizzle-orm'
import { expect } from 'vitest'
import { givenGroup } from '../support/given.ts'
import { runLine } from '../support/run-line.ts'
import { test } from '../support/stack.ts'

const busy = '+15558675310'
const quiet = '+15558675320'
const people = { '+14155550101': 'Ana', '+14155550102': 'Ben' }
const [ana, ben] = Object.keys(people) as [string, string]

test('T19: a sender that Twilio throttles loses nothing and does not slow another', async ({
  stack,
}) => {
  const { line: busyLine } = await givenGroup(stack.db, { address: busy, members: people })
  await givenGroup(stack.db, { address: quiet, members: people })
  await using line = await runLine(stack)
  const { simulator } = line
  for (const address of [busy, quiet]) simulator.addNumber({ address, name: address })
  for (const [address, name] of Object.entries(people)) simulator.addPhone({ address, name })
  const received = (from: string) =>
    simulator
      .messagesOn(ben)
      .filter((message) => !message.fromPhone && message.line === from)
      .map((message) => message.body)
  simulator.misbehave({ tooManyRequests: 1, onlyFrom: busy })

  const bodies = Array.from({ length: 5 }, (_, index) => `text ${index}`)
  for (const body of bodies) {
    await simulator.text({ from: ana, to: busy, body })
    await simulator.text({ from: ana, to: quiet, body })
  }

  const inOrder = bodies.map((body) => `Ana: ${body}`)
  await expect.poll(() => received(quiet)).toEqual(inOrder)
  expect(received(busy)).toEqual([])
  const states = async () => {
    const waiting = stack.db.select().from(deliveries).where(eq(deliveries.lineId, busyLine.id))
    return new Set((await waiting).map((delivery) => delivery.state))
  }
  // Now and again one is being tried.
  await expect.poll(states).toEqual(new Set(['queued']))

  simulator.misbehave({})
  await expect.poll(() => received(busy)).toEqual(inOrder)
  expect(simulator.judge().doubles).toEqual([])
})
