import { inbox } from '@partyline/db/schema/inbox'
import { messages } from '@partyline/db/schema/messages'
import { asc, sql } from 'drizzle-orm'
import { expect } from 'vitest'
import { addPhones, ana, ben, group } from '../support/conference.ts'
import { closeGate } from '../support/gate.ts'
import { givenLine } from '../support/given.ts'
import { runLine } from '../support/run-line.ts'
import { type Stack, test } from '../support/stack.ts'

const from = async ({ db }: Stack, address: string) => {
  const mine = sql`author_address = ${address}`
  const rows = await db.select().from(messages).where(mine).orderBy(asc(messages.seq))
  return rows.map((message) => message.body)
}
const asKept = async ({ db }: Stack, address: string) => {
  const mine = sql`params ->> 'From' = ${address}`
  const rows = await db.select().from(inbox).where(mine).orderBy(asc(inbox.seq))
  return rows.map(({ params }) => params['Body'])
}

test('texts of one sender are taken in their order, whichever of two dispatchers takes each', async ({
  stack,
}) => {
  await givenLine(stack.db, { address: group })
  await using line = await runLine(stack, { dispatchers: 2 })
  addPhones(line)
  await using gate = await closeGate(stack.db, 'held')

  await line.simulator.text({ from: ben, to: group, body: 'held' })
  await expect.poll(() => asKept(stack, ben)).toEqual(['held'])
  for (let index = 0; index < 10; index += 1) {
    await line.simulator.text({ from: ben, to: group, body: `text ${index}` })
  }
  await line.simulator.text({ from: ana, to: group, body: 'another' })
  await expect.poll(() => from(stack, ana)).toEqual(['another'])
  await expect.poll(() => asKept(stack, ben)).toHaveLength(11)
  expect(await from(stack, ben)).toEqual([])
  await gate.open()

  await expect.poll(() => from(stack, ben)).toHaveLength(11)
  expect(await from(stack, ben)).toEqual(await asKept(stack, ben))
})
