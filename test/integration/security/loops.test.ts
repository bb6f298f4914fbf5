import { members } from '@partyline/db/schema/conversations'
import { expect } from 'vitest'
import { ana, ben, givenConference, group as line } from '../../support/conference.ts'
import { givenGroup, givenLine } from '../../support/given.ts'
import { createStack } from '../../support/stack.ts'
import { test } from '../api/running-api.ts'
import { carry, held, take, textsOut } from './between-hubs.ts'

const eva = '+14155550103'

test('S43: two inbox lines of two hubs that answer each other stop', async ({ stack }) => {
  await using other = await createStack()
  await givenLine(stack.db, { address: line, autoReply: 'We are closed.' })
  await givenLine(other.db, { address: ben, autoReply: 'Thank you for your text.' })

  await take(stack.db, { from: ben, to: line, body: 'Hello' })
  const carried = await carry({ [line]: stack.db, [ben]: other.db })

  expect(carried).toBeGreaterThan(2)
  expect(carried).toBeLessThanOrEqual(20)
})

test('S43: two groups of two hubs that are members of each other stop', async ({ stack }) => {
  await using other = await createStack()
  const here = { address: line, autoReply: 'Message received.', members: { [ana]: 'Ana' } }
  await givenGroup(stack.db, { ...here, members: { ...here.members, [ben]: 'The others' } })
  await givenGroup(other.db, {
    ...{ address: ben, autoReply: 'Got it.' },
    members: { [line]: 'The others', [eva]: 'Eva' },
  })

  await take(stack.db, { from: ana, to: line, body: 'Hello' })
  const carried = await carry({ [line]: stack.db, [ben]: other.db })

  expect(carried).toBeGreaterThan(0)
  expect(carried).toBeLessThanOrEqual(20)
})

test('S43: four groups of two hubs in a ring stop, and the text that came back says why', async ({
  stack,
}) => {
  await using other = await createStack()
  const [here1 = '', here2 = '', there1 = '', there2 = ''] = [1, 2, 3, 4].map(
    (n) => `+1555867530${n}`,
  )
  await givenGroup(stack.db, {
    address: here1,
    members: { [ana]: 'Ana', [there1]: 'Hub', [there2]: 'Hub' },
  })
  await givenGroup(other.db, { address: there1, members: { [here1]: 'Hub', [here2]: 'Hub' } })
  await givenGroup(stack.db, { address: here2, members: { [there1]: 'Hub', [there2]: 'Hub' } })
  await givenGroup(other.db, { address: there2, members: { [here2]: 'Hub', [here1]: 'Hub' } })
  const hubs = { [here1]: stack.db, [here2]: stack.db, [there1]: other.db, [there2]: other.db }

  await take(stack.db, { from: ana, to: here1, body: 'Hello' })
  const carried = await carry(hubs)

  expect(carried).toBeGreaterThan(3)
  expect(carried).toBeLessThanOrEqual(20)
  expect([...(await held(stack.db)), ...(await held(other.db))]).toContain('echo')
})

test('S43: two members whose phones answer every text by themselves stop', async ({ stack }) => {
  await givenGroup(stack.db, {
    address: line,
    members: { [ana]: 'Ana', [ben]: 'Ben', [eva]: 'Eva' },
  })

  await take(stack.db, { from: ana, to: line, body: 'Hello' })
  const machines = { [ben]: 'I am driving.', [eva]: 'Back on Monday.' }
  const carried = await carry({ [line]: stack.db }, machines)

  expect(carried).toBeGreaterThan(4)
  expect(carried).toBeLessThanOrEqual(20)
  expect(await held(stack.db)).toContain('same_text')
})

test('S43: a member who is one of our own lines is not texted', async ({ stack: { db } }) => {
  const { conversationId } = await givenConference(db)
  await givenLine(db, { address: eva })
  await db
    .insert(members)
    .values({ conversationId, kind: 'contact', name: 'Our own', address: eva })

  await take(db, { from: ana, to: line, body: 'Hello' })

  expect((await textsOut(db)).map(({ to }) => to)).toEqual([ben])
})
