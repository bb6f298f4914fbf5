import { deliveries } from '@partyline/db/schema/deliveries'
import { sql } from 'drizzle-orm'
import { expect } from 'vitest'
import { givenGroup } from '../support/given.ts'
import { runLine } from '../support/run-line.ts'
import { test } from '../support/stack.ts'

const group = '+15558675310'
const ana = '+14155550101'
const members = Object.fromEntries(
  Array.from({ length: 40 }, (_, index) => [`+141555501${10 + index}`, `M${index}`]),
)

test('T05: a dispatcher that is stopped in the middle of a fan-out finishes what it began, and doubts nothing', async ({
  stack,
}) => {
  await givenGroup(stack.db, { address: group, members: { [ana]: 'Ana', ...members } })
  await stack.db.execute(sql`update lines set segments_per_second = 100`)
  // How slow this machine is today is not what is asked here: nothing is in doubt for that.
  await using line = await runLine(stack, { dispatchers: 0, sending: { timeoutMs: 7_000 } })
  line.simulator.addNumber({ address: group, name: 'Conference' })
  line.simulator.addPhone({ address: ana, name: 'Ana' })
  const count = async (state: string) => stack.db.$count(deliveries, sql`state = ${state}`)
  const begun = async () => (await count('sending')) + (await count('accepted'))

  for (const body of ['one', 'two', 'three']) {
    await using dispatcher = await line.dispatch()
    const before = await begun()
    await line.simulator.text({ from: ana, to: group, body })
    await expect.poll(begun, { interval: 1 }).toBeGreaterThan(before)
    await dispatcher[Symbol.asyncDispose]()
    expect([await count('sending'), await count('unknown')]).toEqual([0, 0])
  }
  await using last = await line.dispatch()

  await expect.poll(() => count('accepted')).toBe(120)
  expect(line.simulator.judge()).toMatchObject({ total: 120, doubles: [] })
  expect(await stack.db.$count(deliveries, sql`attempt > 1`)).toBe(0)
  expect(last).toBeDefined()
})
