import { conversations } from '@partyline/db/schema/conversations'
import { deliveries } from '@partyline/db/schema/deliveries'
import { eq } from 'drizzle-orm'
import { expect } from 'vitest'
import { ana, ben, givenConference, group } from '../../support/conference.ts'
import { givenGroup } from '../../support/given.ts'
import { test } from '../../support/stack.ts'
import { textIn } from '../../support/text-in.ts'
import { allMessages, recipients } from './posted.ts'

const eva = '+14155550103'

test('A8 A10 A13 A15 B18 B20 E21 E23: a member’s text is kept whole and addressed to every other member', async ({
  stack: { db },
}) => {
  const { line } = await givenGroup(db, {
    address: group,
    members: { [ana]: 'Ana', [ben]: 'Ben', [eva]: 'Eva' },
  })

  await textIn(db, {
    From: ana,
    To: group,
    Body: 'How about pizza after work?',
    FromCity: 'OAKLAND',
    MessageSid: `SM${'1'.repeat(32)}`,
  })

  const [message] = await allMessages(db)
  expect(message).toMatchObject({
    direction: 'inbound',
    twilioSid: `SM${'1'.repeat(32)}`,
    authorName: 'Ana',
    authorAddress: ana,
    body: 'How about pizza after work?',
    ...{ city: 'OAKLAND', state: 'CA', zip: '94103', country: 'US' },
    ...{ totalCount: 2, queuedCount: 2 },
  })
  expect(await recipients(db)).toEqual([ben, eva])
  const [delivery] = await db.select().from(deliveries)
  expect(delivery).toMatchObject({ lineId: line.id, state: 'queued' })
})

test('A6 A8: a person in two groups is heard only in the one they text', async ({
  stack: { db },
}) => {
  const other = '+15558675311'
  await givenConference(db)
  await givenGroup(db, { address: other, members: { [ana]: 'Coach', [eva]: 'Eva' } })

  await textIn(db, { From: ana, To: other, Body: 'Training at six' })

  expect(await recipients(db)).toEqual([eva])
  expect((await allMessages(db))[0]).toMatchObject({ authorName: 'Coach' })
})

test('A9 E25: a stranger’s text to a group is never relayed, and kept as a direct conversation', async ({
  stack: { db },
}) => {
  await givenConference(db)

  await textIn(db, { From: eva, To: group, Body: 'Let me in' })

  expect(await recipients(db)).toEqual([])
  const [direct] = await db.select().from(conversations).where(eq(conversations.kind, 'direct'))
  expect(direct).toMatchObject({ address: eva, lastPreview: 'Let me in', inboundCount: 1 })
})

test('S43: two of our lines that are members of each other never text one another', async ({
  stack: { db },
}) => {
  const second = '+15558675311'
  await givenGroup(db, { address: group, members: { [ana]: 'Ana', [second]: 'Other group' } })
  await givenGroup(db, { address: second, members: { [group]: 'First group', [ben]: 'Ben' } })

  await textIn(db, { From: ana, To: group, Body: 'hello' })

  expect(await recipients(db)).toEqual([])
})

test('"Yes" from somebody who never left is an answer and is relayed', async ({
  stack: { db },
}) => {
  await givenConference(db)

  await textIn(db, { From: ana, To: group, Body: 'Yes' })

  expect(await recipients(db)).toEqual([ben])
})

test('a relayed text that a name makes too long goes in parts, in order', async ({
  stack: { db },
}) => {
  await givenConference(db)

  await textIn(db, { From: ana, To: group, Body: 'long '.repeat(320).trim() })

  const parts = await db.select({ part: deliveries.part }).from(deliveries).orderBy(deliveries.part)
  expect(parts).toEqual([{ part: 1 }, { part: 2 }])
})
