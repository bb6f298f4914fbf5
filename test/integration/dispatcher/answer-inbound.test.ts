import { deliveries } from '@partyline/db/schema/deliveries'
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
