import { resumeLine } from '@partyline/db/queries/pause-line'
import { lines } from '@partyline/db/schema/lines'
import { messages } from '@partyline/db/schema/messages'
import { faultsInTurn } from '@partyline/dispatcher/send/line-faults'
import { eq } from 'drizzle-orm'
import { expect } from 'vitest'
import { givenDirect, givenGroup, givenLine } from '../support/given.ts'
import { createPhones } from '../support/phones.ts'
import { runLine } from '../support/run-line.ts'
import { say } from '../support/say.ts'
import { test } from '../support/stack.ts'
import { group } from './three-people.ts'

const size = faultsInTurn / 2
const members = Object.fromEntries(
  Array.from({ length: size }, (_, n) => [`+141555502${n + 10}`, `Guest ${n}`]),
)

test('a line of which one text after another is filtered is paused, its texts wait, and they go out when it is resumed', async ({
  stack,
}) => {
  const { db } = stack
  const { line, conversationId } = await givenGroup(db, { address: group, members })
  const other = await givenLine(db, { address: '+15558675399' })
  await db.update(lines).set({ segmentsPerSecond: 100 })
  await using running = await runLine(stack)
  const { simulator } = running
  simulator.addNumber({ address: group, name: 'Conference' })
  simulator.addNumber({ address: other.address, name: 'Other' })
  const phones = createPhones(simulator.apiUrl)
  const guests = await Promise.all(
    Object.entries(members).map(([address, name]) => phones.add(address, name)),
  )
  const behave = (how: 'filtered' | 'receives') =>
    Promise.all(guests.map((guest) => guest.behave(how)))
  const sent = () => simulator.judge().total

  await behave('filtered')
  await say(db, conversationId, 'first')
  await say(db, conversationId, 'second')
  const pausedFor = async (lineId: string) =>
    (await db.select().from(lines).where(eq(lines.id, lineId)))[0]?.pausedFor
  await expect.poll(() => pausedFor(line.id)).toBe(30007)
  expect(await pausedFor(other.id)).toBeNull()

  await behave('receives')
  await say(db, conversationId, 'third')
  await simulator.text({ from: guests[0]?.address ?? '', to: group, body: 'Anybody?' })
  const inOrder = () =>
    db
      .select()
      .from(messages)
      .where(eq(messages.conversationId, conversationId))
      .orderBy(messages.seq)
  await expect
    .poll(inOrder)
    .toMatchObject([{}, {}, { queuedCount: size }, { queuedCount: size - 1 }])
  // What another line has to send later than these goes: they were not just slow.
  const direct = await givenDirect(db, { lineId: other.id, address: Object.keys(members)[0] ?? '' })
  await say(db, direct.conversationId, 'from the other')
  await stack.producer.enqueue('delivery.send', { lineId: other.id })
  await expect.poll(() => guests[0]?.bodies()).toEqual(['from the other'])
  expect(sent()).toBe(2 * size + 1)

  await db.transaction((tx) => resumeLine(tx, line.id))
  await stack.producer.enqueue('delivery.send', { lineId: line.id })
  await expect
    .poll(inOrder)
    .toMatchObject([{}, {}, { deliveredCount: size }, { deliveredCount: size - 1 }])
  expect(await pausedFor(line.id)).toBeNull()
  expect(sent()).toBe(4 * size)
})
