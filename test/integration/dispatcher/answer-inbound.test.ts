import { deliveries } from '@partyline/db/schema/deliveries'
import { lines } from '@partyline/db/schema/lines'
import { messages } from '@partyline/db/schema/messages'
import { eq, sql } from 'drizzle-orm'
import { expect } from 'vitest'
import { ana, ben, group, people } from '../../support/conference.ts'
import { givenGroup, givenLine } from '../../support/given.ts'
import { test } from '../../support/stack.ts'
import { textIn } from '../../support/text-in.ts'
import { allMessages, recipients } from './posted.ts'

const eva = '+14155550103'

test('A11 A12: a line with an auto-reply answers members and strangers, each alone', async ({
  stack: { db },
}) => {
  await givenGroup(db, {
    address: group,
    autoReply: 'Message received.',
    members: people,
  })

  await textIn(db, { From: ana, To: group })
  await textIn(db, { From: eva, To: group })

  const replies = await db
    .select({ address: deliveries.address, body: messages.body })
    .from(deliveries)
    .innerJoin(messages, eq(messages.id, deliveries.messageId))
    .where(eq(messages.kind, 'auto_reply'))
    .orderBy(deliveries.address)
  expect(replies).toEqual([
    { address: ana, body: 'Message received.' },
    { address: eva, body: 'Message received.' },
  ])
})

test('S43: a machine that answers our auto-reply is answered three times a minute and no more', async ({
  stack: { db },
}) => {
  await givenLine(db, { address: group, autoReply: 'We are closed.' })

  for (let index = 0; index < 20; index += 1) {
    await textIn(db, { From: ana, To: group, Body: `I am out of office ${index}` })
  }
  await textIn(db, { From: ben, To: group, Body: 'We are closed.' })

  expect(await recipients(db)).toEqual([ana, ana, ana])
})

test('S44: STOP is kept, obeyed and not relayed; only then START is a command too', async ({
  stack: { db },
}) => {
  await givenGroup(db, { address: group, autoReply: 'Hi', members: people })
  const optOuts = () => db.execute(sql`select ended_at is null as active from opt_outs`)

  await textIn(db, { From: ana, To: group, Body: ' stop ' })
  expect(await optOuts()).toEqual([{ active: true }])
  await textIn(db, { From: ana, To: group, Body: 'START' })
  expect(await optOuts()).toEqual([{ active: false }])

  expect(await allMessages(db)).toHaveLength(2)
  expect(await recipients(db)).toEqual([])
})

test('outside its hours a line gives its away reply instead, once a night to each person', async ({
  stack: { db },
}) => {
  const closed = { timeZone: 'UTC', days: Array<null>(7).fill(null) }
  const open = { ...closed, days: Array(7).fill({ from: '00:00', to: '00:00' }) }
  const line = { autoReply: 'We are on it.', awayReply: 'Back at nine.' }
  await givenLine(db, { address: group, ...line, hours: closed })
  const answers = async () =>
    (await db.select().from(messages).where(eq(messages.kind, 'auto_reply'))).map(
      ({ body }) => body,
    )

  for (const From of [ana, ana, ben]) await textIn(db, { From, To: group, Body: 'Hello?' })
  expect(await answers()).toEqual(['Back at nine.', 'Back at nine.'])
  expect(await recipients(db)).toEqual([ana, ben].toSorted())

  await db.execute(sql`update lines set away_reply = null`)
  await textIn(db, { From: eva, To: group, Body: 'Hello?' })
  expect(await answers()).toHaveLength(2)

  await db.update(lines).set({ hours: open })
  await textIn(db, { From: eva, To: group, Body: 'Hello?' })
  expect(await answers()).toEqual(['Back at nine.', 'Back at nine.', 'We are on it.'])
})
