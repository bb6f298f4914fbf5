import { changeConversations } from '@partyline/db/queries/change-conversations'
import { createUser } from '@partyline/db/queries/users'
import { writeNote } from '@partyline/db/queries/write-note'
import { deliveries, statusEvents } from '@partyline/db/schema/deliveries'
import { messages } from '@partyline/db/schema/messages'
import { eq, isNull } from 'drizzle-orm'
import { expect } from 'vitest'
import { sendAsAnotherProgram } from '../support/another-program.ts'
import { givenGroup } from '../support/given.ts'
import { runLine } from '../support/run-line.ts'
import { test } from '../support/stack.ts'
import { addPhones, ana, ben, bodiesOn, delivered, eva, group, people } from './three-people.ts'

test('A5 A7 A13 A14 A36 B2 B7: a text goes round: one member texts, all others receive it, statuses come back; a note among colleagues goes to nobody', async ({
  stack,
}) => {
  const { conversationId } = await givenGroup(stack.db, { address: group, members: people })
  await using line = await runLine(stack)
  addPhones(line)

  await line.simulator.text({ from: ana, to: group, body: 'How about pizza after work?' })

  for (const other of [ben, eva]) {
    await expect.poll(() => bodiesOn(line, other)).toEqual(['Ana: How about pizza after work?'])
  }
  expect(bodiesOn(line, ana)).toEqual([])
  await expect.poll(() => delivered(stack.db)).toBe(2)
  expect(await stack.db.select().from(messages)).toMatchObject([
    { totalCount: 2, queuedCount: 0, sentCount: 0, deliveredCount: 2 },
  ])

  const email = 'uma@example.com'
  const row = { email, name: 'Uma', role: 'agent', passwordHash: 'none' } as const
  const user = { id: (await createUser(stack.db, row))?.id ?? '', name: 'Uma' }
  await stack.db.transaction(async (tx) => {
    await writeNote(tx, { conversationId, user, body: 'Only for us', clientKey: 'n' })
    await changeConversations(tx, user, [conversationId], { assigneeId: user.id })
  })
  await line.simulator.text({ from: ben, to: group, body: 'Yes' })

  await expect
    .poll(() => bodiesOn(line, eva))
    .toEqual(['Ana: How about pizza after work?', 'Ben: Yes'])
  await expect.poll(() => delivered(stack.db)).toBe(4)
  expect(bodiesOn(line, ana)).toEqual(['Ben: Yes'])
})

test('each member gets a busy conversation in its one order, with two dispatchers', async ({
  stack,
}) => {
  await givenGroup(stack.db, { address: group, members: people })
  await using line = await runLine(stack, { dispatchers: 2 })
  addPhones(line)

  for (let index = 0; index < 15; index += 1) {
    await line.simulator.text({ from: index % 2 ? ana : ben, to: group, body: `text ${index}` })
  }

  await expect.poll(() => delivered(stack.db)).toBe(30)
  const order = await stack.db.select().from(messages).orderBy(messages.seq)
  const expected = order.map((message) => `${message.authorName}: ${message.body}`)
  expect(bodiesOn(line, eva)).toEqual(expected)
  expect(line.simulator.judge().doubles).toEqual([])
})

test('a dispatcher that starts later takes in what was accepted without one', async ({ stack }) => {
  await givenGroup(stack.db, { address: group, members: people })
  {
    await using line = await runLine(stack, { dispatchers: 0 })
    addPhones(line)
    await line.simulator.text({ from: ana, to: group, body: 'Anybody there?' })
  }

  await using line = await runLine(stack)
  addPhones(line)

  await expect.poll(() => bodiesOn(line, ben)).toEqual(['Ana: Anybody there?'])
})

test('S44: after STOP nothing more is sent, and the thread says so', async ({ stack }) => {
  await givenGroup(stack.db, { address: group, members: people })
  await using line = await runLine(stack)
  addPhones(line)

  await line.simulator.text({ from: ben, to: group, body: 'STOP' })
  await expect.poll(() => stack.db.$count(messages)).toBe(1)
  await line.simulator.text({ from: ana, to: group, body: 'Hello' })

  await expect.poll(() => delivered(stack.db)).toBe(1)
  expect(await stack.db.select().from(deliveries).where(eq(deliveries.address, ben))).toMatchObject(
    [{ state: 'cancelled', cause: 'opted_out' }],
  )
})

test('B36 B37: a text that another program sends from our number is shown too', async ({
  stack,
}) => {
  await givenGroup(stack.db, { address: group, members: people })
  await using line = await runLine(stack)
  addPhones(line)

  const sid = await sendAsAnotherProgram(line.simulator, {
    from: group,
    to: ana,
    body: 'Invoice 7',
  })

  await expect
    .poll(() => stack.db.select().from(messages).where(eq(messages.twilioSid, sid)), {
      timeout: 10_000,
    })
    .toMatchObject([{ direction: 'outbound', body: 'Invoice 7', totalCount: 1 }])
  await expect.poll(() => delivered(stack.db)).toBe(1)
  // The callbacks of one text come in any order: the last to arrive may be an early status.
  await expect.poll(() => stack.db.$count(statusEvents, isNull(statusEvents.appliedAt))).toBe(0)
})

test('texts that one member sends in a hurry are not overtaken by each other', async ({
  stack,
}) => {
  await givenGroup(stack.db, { address: group, members: people })
  await using line = await runLine(stack)
  addPhones(line)
  const bodies = Array.from({ length: 20 }, (_, index) => `part ${index}`)

  for (const body of bodies) await line.simulator.text({ from: ana, to: group, body })

  await expect.poll(() => bodiesOn(line, ben)).toEqual(bodies.map((body) => `Ana: ${body}`))
})
